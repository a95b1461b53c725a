import { Center, Loader } from '@mantine/core';

/** Something is on its way. */
export function Loading({ label = 'Loading' }: { label?: string }) {
  return (
    <Center h="100%" mih={120}>
      <Loader size="sm" aria-label={label} />
    </Center>
  );
}
