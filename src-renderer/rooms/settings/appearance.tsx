import { SegmentedControl, Text, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { Section } from '../../parts/section.tsx';

/** Dark, light, or as the system has it. */
export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section title="Appearance">
      <SegmentedControl
        aria-label="Colour scheme"
        size="sm"
        data={[
          { value: 'dark', label: 'Dark' },
          { value: 'light', label: 'Light' },
          { value: 'auto', label: 'As the system' },
        ]}
        value={colorScheme}
        onChange={(value) => setColorScheme(value as MantineColorScheme)}
      />
      <Text size="xs" c="dimmed" mt={6}>
        Motion is reduced where the system asks for it. Ctrl and plus or minus change the size of everything.
      </Text>
    </Section>
  );
}
