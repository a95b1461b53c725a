import { Alert, Button, Code, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { asHarkError } from '#shared/domain/errors.ts';

interface Props {
  error: unknown;
  /** What could not be done, e.g. "The clips could not be read"; else the error's message is the title. */
  title?: string;
  onRetry?: () => void;
}

/** An error as a person needs it: what happened, to which file or field, what to do. The same everywhere. */
export function Failure({ error, title, onRetry }: Props) {
  const { message, where, remedy, kind } = asHarkError(error);
  if (kind === 'cancelled') return null;
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={title ?? message}
      data-kind={kind}
    >
      {title && <Text size="sm">{message}</Text>}
      {where && (
        <Code block mt={4} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {where}
        </Code>
      )}
      {remedy && (
        <Text size="sm" mt={4}>
          {remedy}
        </Text>
      )}
      {kind === 'internal' && !remedy && (
        <Text size="sm" mt={4} c="dimmed">
          This is a fault of Hark’s own. Your files are not affected.
        </Text>
      )}
      {onRetry && (
        <Group mt="xs">
          <Button variant="default" onClick={onRetry}>
            Try again
          </Button>
        </Group>
      )}
    </Alert>
  );
}
