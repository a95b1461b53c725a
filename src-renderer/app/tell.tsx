import { notifications } from '@mantine/notifications';
import { Failure } from '../parts/failure.tsx';
import { asHarkError } from '#shared/domain/errors.ts';

/** Shows an error that has no place of its own on the screen; stopped work is none. */
export function tellError(error: unknown, title?: string): void {
  if (asHarkError(error).kind === 'cancelled') return;
  notifications.show({
    color: 'red',
    autoClose: 12_000,
    message: <Failure error={error} title={title} />,
    styles: { root: { padding: 6 }, body: { marginInlineEnd: 4 } },
    withBorder: true,
  });
}

/** Says that something has been done; with `undo` when Ctrl+Z takes it back. */
export function tell(title: string, message = ''): void {
  notifications.show({ title, message, autoClose: 5000 });
}
