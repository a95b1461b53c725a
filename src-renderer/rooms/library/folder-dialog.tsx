import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { FolderBrowser } from './folder-browser.tsx';

interface Props {
  opened: boolean;
  title: string;
  /** What choosing does: "Look here". */
  action: string;
  onClose: () => void;
  onChoose: (path: string) => void;
}

/** Asks for a folder where the system's own dialog cannot be had. */
export function FolderDialog({ opened, title, action, onClose, onChoose }: Props) {
  const [path, setPath] = useState<string | null>(null);
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="40rem">
      <Stack gap="sm">
        <FolderBrowser path={path} onPath={setPath} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={path === null} onClick={() => path !== null && onChoose(path)}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
