import 'server-only';
import { type Cell, toCsv } from './csv';

/** Spreadsheets take a file without it for another encoding than UTF-8. */
const byteOrderMark = '\ufeff';

/**
 * Streams pages of rows as a CSV file. The first page is read before the answer begins, so that a failure up to there is
 * an answer of its own; a failure later breaks the download off, rather than end a shorter file.
 * @param list the word for the list in the file's name
 */
export async function csvResponse({
  list,
  header,
  pages,
}: {
  readonly list: string;
  readonly header: readonly string[];
  readonly pages: AsyncGenerator<readonly (readonly Cell[])[], void, undefined>;
}): Promise<Response> {
  const encoder = new TextEncoder();
  const first = await pages.next();
  let next: typeof first | null = first;
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encoder.encode(byteOrderMark + toCsv([header])));
      },
      async pull(controller) {
        let page = next ?? (await pages.next());
        next = null;
        // Whoever asked once is not asked again before something came: an empty page must not be the answer.
        while (page.done !== true && page.value.length === 0) page = await pages.next();
        if (page.done === true) controller.close();
        else controller.enqueue(encoder.encode(toCsv(page.value)));
      },
      async cancel() {
        await pages.return();
      },
    },
    { highWaterMark: 0 },
  );
  const moment = new Date().toISOString().slice(0, 16).replaceAll(/[-:]/g, '').replace('T', '-');
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="quayside-${list}-${moment}.csv"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
