import {
  ActionIcon,
  Alert,
  Badge,
  Button,
  Checkbox,
  createTheme,
  Input,
  Menu,
  Modal,
  Notification,
  NumberInput,
  Pagination,
  Paper,
  Progress,
  Radio,
  SegmentedControl,
  Select,
  Skeleton,
  Table,
  Tabs,
  TextInput,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

/** Calm, slightly blue grays; [6] panels, [7] body, [8] wells, [9] edges. */
const dark: MantineColorsTuple = [
  '#dcdfe8',
  '#b9bfcd',
  '#9aa1b2',
  '#7d8598',
  '#3a4050',
  '#2c313e',
  '#232732',
  '#1b1e27',
  '#151821',
  '#0f1118',
];

/** The app's own colour: a violet none of the cells (orange, blue, green) has. */
const iris: MantineColorsTuple = [
  '#f0eeff',
  '#dcd8fb',
  '#b9b0f3',
  '#9a8deb',
  '#8172e3',
  '#7262dd',
  '#6756d3',
  '#5848b8',
  '#4b3da0',
  '#3d3187',
];

/** Dense: small controls everywhere, no animation where the person wants none. */
export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: { dark: 6, light: 6 },
  colors: { dark, iris },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  cursorType: 'pointer',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", Menlo, "Liberation Mono", "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
      h4: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 'md' } }),
    Alert: Alert.extend({ defaultProps: { variant: 'light', p: 'sm' } }),
    Badge: Badge.extend({ defaultProps: { variant: 'light', size: 'sm', tt: 'none', fw: 500 } }),
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    Checkbox: Checkbox.extend({
      defaultProps: { size: 'xs' },
      styles: { description: { fontSize: 'var(--mantine-font-size-xs)', marginTop: 1 } },
    }),
    Input: Input.extend({ defaultProps: { size: 'xs' } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, transitionProps: { duration: 120 } },
    }),
    Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } }),
    NumberInput: NumberInput.extend({ defaultProps: { size: 'xs' } }),
    Pagination: Pagination.extend({ defaultProps: { size: 'xs' } }),
    Paper: Paper.extend({ defaultProps: { withBorder: true } }),
    Progress: Progress.extend({ defaultProps: { size: 'sm' } }),
    Radio: Radio.extend({ styles: { description: { fontSize: 'var(--mantine-font-size-xs)', marginTop: 1 } } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs' } }),
    Select: Select.extend({ defaultProps: { size: 'xs', comboboxProps: { shadow: 'md' } } }),
    Skeleton: Skeleton.extend({ defaultProps: { radius: 'sm' } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 4, horizontalSpacing: 'sm' } }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 400, withArrow: true, events: { hover: true, focus: true, touch: false } },
    }),
  },
});

/** Washes behind badges and alerts: a breath of colour, with text that keeps 4.5:1 on it. */
const WASHES: Record<string, { dark: [wash: string, text: string]; light: [wash: string, text: string] }> = {
  yellow: { dark: ['rgb(240 180 60 / 14%)', '#f2c66d'], light: ['rgb(240 170 20 / 18%)', '#734e00'] },
  red: { dark: ['rgb(255 100 90 / 13%)', '#ff9f96'], light: ['rgb(220 50 40 / 10%)', '#a51d14'] },
  teal: { dark: ['rgb(60 200 150 / 13%)', '#6fd6ae'], light: ['rgb(20 150 100 / 12%)', '#0b6144'] },
  gray: { dark: ['rgb(150 160 190 / 16%)', '#c3c9d8'], light: ['rgb(90 100 130 / 12%)', '#454c5f'] },
  iris: { dark: ['rgb(140 125 240 / 20%)', '#c3bcf8'], light: ['rgb(103 86 211 / 13%)', '#4b3da0'] },
};

export const cssVariables: CSSVariablesResolver = () => {
  const washes = (scheme: 'dark' | 'light') =>
    Object.fromEntries(
      Object.entries(WASHES).flatMap(
        ([
          name,
          {
            [scheme]: [wash, text],
          },
        ]) => [
          [`--mantine-color-${name}-light`, wash],
          [`--mantine-color-${name}-light-hover`, wash],
          [`--mantine-color-${name}-light-color`, text],
        ],
      ),
    );
  return {
    variables: {},
    dark: {
      ...washes('dark'),
      '--mantine-color-anchor': '#a99df2',
      '--mantine-color-body': '#1b1e27',
      '--mantine-color-dimmed': '#9aa1b2',
      '--mantine-color-placeholder': '#8a91a3',
    },
    light: { ...washes('light'), '--mantine-color-dimmed': '#5c6478', '--mantine-color-placeholder': '#6c7488' },
  };
};
