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
  NumberInput,
  Pagination,
  Paper,
  Progress,
  SegmentedControl,
  Select,
  Skeleton,
  Table,
  Tabs,
  TextInput,
  Tooltip,
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
    Alert: Alert.extend({ defaultProps: { variant: 'light' } }),
    Badge: Badge.extend({ defaultProps: { variant: 'light', size: 'sm', tt: 'none', fw: 500 } }),
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' } }),
    Input: Input.extend({ defaultProps: { size: 'xs' } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md' } }),
    Modal: Modal.extend({
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, transitionProps: { duration: 120 } },
    }),
    NumberInput: NumberInput.extend({ defaultProps: { size: 'xs' } }),
    Pagination: Pagination.extend({ defaultProps: { size: 'xs' } }),
    Paper: Paper.extend({ defaultProps: { withBorder: true } }),
    Progress: Progress.extend({ defaultProps: { size: 'sm' } }),
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
