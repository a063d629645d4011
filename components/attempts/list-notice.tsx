import { Notice } from '@/components/display/notice';
import classes from './two-lines.module.css';

/** Something about a list as a whole, above it. */
export function ListNotice({ title, text }: { title: string; text: string }) {
  return (
    <div className={classes.above}>
      <Notice kind="warning" title={title}>
        {text}
      </Notice>
    </div>
  );
}
