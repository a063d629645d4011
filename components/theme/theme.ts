import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent: what can be acted on. Shade 7 carries white text on light pages, shade 8 on dark ones. */
const indigo: MantineColorsTuple = [
  '#f1f2fe',
  '#e2e4fd',
  '#c9cdfb',
  '#a9aff7',
  '#8b90f2',
  '#7073ec',
  '#5c5be4',
  '#4f49d8',
  '#4b45c6',
  '#3b369f',
];

/** Neutral, slightly cool. Each surface is one step lighter than the one below it; the page is nearly black. */
const dark: MantineColorsTuple = [
  '#e4e6eb',
  '#a9afbb',
  '#8a909d',
  '#656b78',
  '#30343d',
  '#23262d',
  '#16181d',
  '#0c0d10',
  '#08090b',
  '#050607',
];

const gray: MantineColorsTuple = [
  '#f8f9fb',
  '#f2f4f7',
  '#e7e9ee',
  '#d9dce3',
  '#c3c8d2',
  '#9aa1af',
  '#6b7280',
  '#515866',
  '#343a46',
  '#1b1f27',
];

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 8 },
  colors: { indigo, dark, gray },
  black: '#15181e',
  autoContrast: true,
  fontFamily: 'var(--font-geist-sans), system-ui, sans-serif',
  fontFamilyMonospace: 'var(--font-geist-mono), ui-monospace, monospace',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '18px' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.45', lg: '1.5', xl: '1.5' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '3px', sm: '5px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
    },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    // Lists open beside their field in the document: inside its landmark, and above a dialog it stands in.
    Combobox: { defaultProps: { withinPortal: false } },
    Popover: { defaultProps: { withinPortal: false } },
    // Help stands below its box: boxes side by side stay on one line, however long it is.
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'error', 'description'] } },
  },
});

/** Mantine's stock colours miss WCAG AA in places; these hold it on our surfaces. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': 'var(--mantine-color-gray-9)',
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-6)',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': 'var(--mantine-color-indigo-7)',
    '--mantine-color-default-border': 'var(--mantine-color-gray-3)',
    '--mantine-color-green-light-color': '#1f6b33',
    '--mantine-color-yellow-light-color': '#7a4100',
    '--mantine-color-red-light-color': '#a61b12',
    '--mantine-color-indigo-light-color': 'var(--mantine-color-indigo-8)',
    '--mantine-color-blue-light-color': '#1856a8',
    '--mantine-color-gray-light-color': 'var(--mantine-color-gray-8)',
  },
  dark: {
    '--mantine-color-body': 'var(--mantine-color-dark-7)',
    '--mantine-color-text': 'var(--mantine-color-dark-0)',
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-2)',
    '--mantine-color-error': '#f59a92',
    '--mantine-color-anchor': 'var(--mantine-color-indigo-3)',
    '--mantine-color-default': 'var(--mantine-color-dark-6)',
    '--mantine-color-default-border': 'var(--mantine-color-dark-4)',
  },
});
