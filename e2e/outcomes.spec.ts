import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { checkButton, expectCount, factBox, onboard, openForm, reviewPlan, submitButton, typeCustomer } from './steps';

test.describe.configure({ mode: 'parallel' });

/** Whatever would send the same again. */
const tryAgain = (page: Page) =>
  page.getByRole('link', { name: /try again|retry/i }).or(page.getByRole('button', { name: /try again|retry/i }));

test('a refusal is explained, its words land on their field, and the retry keeps the history', async ({
  pageOf,
  newName,
  cockpit,
}) => {
  const page = await pageOf('cspOperator');
  const name = newName();
  const correlationId = await openForm(page);
  await cockpit.strike(correlationId, {
    ending: 'refuse',
    method: 'POST',
    path: '/v1/customers',
    errors: [{ propertyName: 'Phone', description: ['The phone number is not in service.'] }],
  });
  await typeCustomer(page, name);
  await reviewPlan(page, name);
  await submitButton(page, name).click();
  await expectCount(page, '1 refused');
  await expect(page.getByText(/^Cloud Cockpit refused the request .*Nothing took effect\./)).toBeVisible();
  await expect(page.getByText('The phone number is not in service.').first()).toBeVisible();
  expect(await cockpit.customers(name)).toEqual([]);

  await page.getByRole('link', { name: 'Correct and try again at Cloud Cockpit' }).click();
  await expect(factBox(page, 'Name')).toHaveValue(name);
  await expect(factBox(page, 'Phone')).toHaveAttribute('aria-invalid', 'true');
  await expect(factBox(page, 'Phone')).toHaveAccessibleDescription(/The phone number is not in service\./);
  await factBox(page, 'Phone').fill('+351 222 000 222');
  await reviewPlan(page, name);
  await submitButton(page, name).click();
  await page.waitForURL(new RegExp(`/onboardings/${correlationId}`));
  await expectCount(page, '1 succeeded');

  // Both tries are on the one record, and the vendor saw both under the one id.
  await expect(page.getByText('try 2').first()).toBeVisible();
  await expect(page.getByText('try 1').first()).toBeVisible();
  const creates = await cockpit.creates({ name });
  expect(creates.map(({ applied }) => applied)).toEqual([false, true]);
  expect(creates.map((create) => create.correlationId)).toEqual([correlationId, correlationId]);
  expect(await cockpit.customers(name)).toHaveLength(1);
});

test('an unknown outcome is settled by looking at the vendor, and never sent again', async ({
  pageOf,
  newName,
  cockpit,
}) => {
  const page = await pageOf('cspOperator');
  const name = newName('sim:reset-after');
  await onboard(page, name);
  await expectCount(page, '1 unknown');
  await expect(page.getByText(/broke after the request had left, so it may have taken effect/)).toBeVisible();
  await expect(tryAgain(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Settle by hand' })).toHaveCount(0);

  await checkButton(page).click();
  await expect(page.getByText('Cloud Cockpit has the customer. The attempt is settled as succeeded.')).toBeVisible();
  await expectCount(page, '1 succeeded');
  await expect(page.getByText('Settled by Otto Ridge, by looking at the vendor')).toBeVisible();
  expect(await cockpit.creates({ name })).toHaveLength(1);
  expect(await cockpit.customers(name)).toHaveLength(1);
});

test('an unknown outcome that the vendor does not show stays unknown until an admin settles it with a note', async ({
  pageOf,
  newName,
  cockpit,
}) => {
  const operator = await pageOf('cspOperator');
  const name = newName('sim:reset-before');
  const correlationId = await onboard(operator, name);
  await expectCount(operator, '1 unknown');
  await checkButton(operator).click();
  await expect(operator.getByText('Cloud Cockpit does not show the customer')).toBeVisible();
  await expect(operator.getByText(/That is no proof/)).toBeVisible();
  await expectCount(operator, '1 unknown');
  await expect(tryAgain(operator)).toHaveCount(0);

  const admin = await pageOf('cspAdmin');
  await admin.goto(`/onboardings/${correlationId}`);
  await expect(tryAgain(admin)).toHaveCount(0);
  await admin.getByRole('button', { name: 'Settle by hand' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByRole('radio', { name: /No, it is not there/ }).check();
  await dialog.getByRole('textbox', { name: 'How do you know?' }).fill('short');
  await dialog.getByRole('button', { name: 'Settle as refused' }).click();
  await expect(dialog).toBeVisible();
  await dialog
    .getByRole('textbox', { name: 'How do you know?' })
    .fill('Looked at the portal of the vendor, it is not there.');
  await dialog.getByRole('button', { name: 'Settle as refused' }).click();
  await expect(dialog).toHaveCount(0);
  await expectCount(admin, '1 refused');
  await expect(admin.getByText('Settled by hand by Ada Ridge')).toBeVisible();
  await expect(admin.getByText('Looked at the portal of the vendor, it is not there.')).toBeVisible();
  expect(await cockpit.creates({ name })).toHaveLength(1);
  expect(await cockpit.customers(name)).toEqual([]);
});

test('a customer that the vendor says is there already is adopted by an admin, and nothing is created', async ({
  pageOf,
  newName,
  cockpit,
}) => {
  const operator = await pageOf('cspOperator');
  const name = newName('sim:conflict');
  const correlationId = await onboard(operator, name);
  await expectCount(operator, '1 refused');
  await expect(operator.getByText(/already exists there/).first()).toBeVisible();
  await expect(operator.getByRole('button', { name: `Adopt ${name}` })).toHaveCount(0);

  const existing = await cockpit.create(newName());
  const admin = await pageOf('cspAdmin');
  await admin.goto(`/onboardings/${correlationId}`);
  await admin.getByRole('button', { name: `Adopt ${name}` }).click();
  await admin.getByRole('textbox', { name: 'Its id at Cloud Cockpit' }).fill(existing);
  await admin.getByRole('dialog').getByRole('button', { name: 'Adopt this customer' }).click();
  await expectCount(admin, '1 succeeded');
  await expect(
    admin.getByText('The customer that exists at Cloud Cockpit is linked. Nothing was created there.'),
  ).toBeVisible();
  expect(await cockpit.creates({ name })).toMatchObject([{ applied: false }]);
});

test('what the vendor has under the same name is offered, and the one picked is adopted', async ({
  pageOf,
  newName,
  cockpit,
}) => {
  const operator = await pageOf('cspOperator');
  const name = newName();
  const correlationId = await openForm(operator);
  await cockpit.strike(correlationId, { ending: 'conflict', method: 'POST', path: '/v1/customers' });
  await typeCustomer(operator, name);
  await reviewPlan(operator, name);
  await submitButton(operator, name).click();
  await expectCount(operator, '1 refused');
  const existing = await cockpit.create(name);

  const admin = await pageOf('cspAdmin');
  await admin.goto(`/onboardings/${correlationId}`);
  await admin.getByRole('button', { name: `Adopt ${name}` }).click();
  const dialog = admin.getByRole('dialog');
  const found = dialog.getByRole('radio', { name: new RegExp(`^${name}.*PT.*same name$`) });
  await expect(found).not.toBeChecked();
  // Typing an id stays possible.
  await dialog.getByRole('radio', { name: 'Another one: I type its id' }).check();
  await expect(dialog.getByRole('textbox', { name: 'Its id at Cloud Cockpit' })).toBeVisible();
  await found.check();
  await dialog.getByRole('button', { name: 'Adopt this customer' }).click();
  await expectCount(admin, '1 succeeded');
  expect((await cockpit.customers(name)).map(({ id }) => id)).toEqual([existing]);
});

test('two refusals are corrected in one form and tried again together', async ({ pageOf, newName, cockpit }) => {
  const page = await pageOf('cspOperator');
  const name = newName('sim:refuse');
  const correlationId = await openForm(page);
  const boxOf = (vendor: string) => page.getByRole('checkbox', { name: new RegExp(`^Ridge IT ${vendor} sandbox`) });
  await boxOf('Cove').check();
  await typeCustomer(page, name);
  await page.getByRole('button', { name: 'Review plan for 2 vendors' }).click();
  await page.getByRole('button', { name: `Onboard ${name} at 2 vendors` }).click();
  await expectCount(page, '2 refused');

  await page.getByRole('link', { name: /^Fix and retry 2/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Try ${name} again` })).toBeVisible();
  await expect(boxOf('Cloud Cockpit')).toBeChecked();
  await expect(boxOf('Cove')).toBeChecked();
  await expect(boxOf('AvePoint')).toBeDisabled();
  const mended = newName();
  await factBox(page, 'Name').fill(mended);
  await page.getByRole('button', { name: 'Review plan for 2 vendors' }).click();
  await page.getByRole('button', { name: `Onboard ${mended} at 2 vendors` }).click();
  await page.waitForURL(new RegExp(`/onboardings/${correlationId}`));
  await expectCount(page, '2 succeeded');
  expect((await cockpit.creates({ correlationId })).map(({ applied }) => applied)).toEqual([false, true]);
});

test('the next form opens with the choices of the last onboarding, until somebody forgets them', async ({
  pageOf,
  newName,
}) => {
  const page = await pageOf('pineOperator');
  const name = newName();
  const service = page.getByRole('combobox', { name: 'Service', exact: true });
  const chooseCove = async () => {
    await page.getByRole('checkbox', { name: /^Ridge IT Cove sandbox/ }).check();
    await expect(service).toBeVisible();
  };
  await openForm(page);
  await typeCustomer(page, name);
  await page.getByRole('checkbox', { name: /^Ridge IT Cloud Cockpit sandbox/ }).uncheck();
  await chooseCove();
  await expect(page.getByText(/^As last time/)).toHaveCount(0);
  await service.selectOption('SoftwareOnly');
  await reviewPlan(page, name);
  await submitButton(page, name).click();
  await expectCount(page, '1 succeeded');

  await openForm(page);
  await chooseCove();
  await expect(page.getByText('As last time: Service.')).toBeVisible();
  await expect(service).toHaveValue('SoftwareOnly');
  await page.getByRole('button', { name: 'Forget' }).click();
  await expect(page.getByText(/^Forgotten/)).toBeFocused();
  await expect(service).toHaveValue('AllInclusive');
  await openForm(page);
  await chooseCove();
  await expect(service).toHaveValue('AllInclusive');
});

test('a customer of the same name at the vendor is never taken for this one without a person’s click', async ({
  pageOf,
  newName,
  cockpit,
}) => {
  const name = newName();
  const existing = await cockpit.create(name);
  const operator = await pageOf('cspOperator');
  await openForm(operator);
  await typeCustomer(operator, name);
  await reviewPlan(operator, name);
  await expect(operator.getByText(/has a customer of this name already/)).toBeVisible();
  await expect(operator.getByText('Adopting by name needs an admin.')).toBeVisible();
  await expect(submitButton(operator, name)).toHaveCount(0);

  const admin = await pageOf('cspAdmin');
  await openForm(admin);
  await typeCustomer(admin, name);
  await reviewPlan(admin, name);
  await admin.getByRole('button', { name: `Adopt this one: ${name}, ${existing}` }).click();
  await submitButton(admin, name).click();
  await expectCount(admin, '1 succeeded');
  expect((await cockpit.customers(name)).map(({ id }) => id)).toEqual([existing]);
});
