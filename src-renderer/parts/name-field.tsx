import { TextInput } from '@mantine/core';

interface Props {
  name: string;
  /** Given the new name where it is another, and not empty. */
  onRename: (name: string) => void;
  /** It was kept or left. */
  onDone: () => void;
}

/** A name while it is changed: Enter or leaving the field keeps it, Escape does not. */
export function NameField({ name, onRename, onDone }: Props) {
  const finish = (value: string) => {
    onDone();
    if (value.trim() && value.trim() !== name) onRename(value);
  };
  return (
    <TextInput
      autoFocus
      w="24rem"
      maxLength={200}
      aria-label={`New name of ${name}`}
      defaultValue={name}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish(event.currentTarget.value);
        if (event.key === 'Escape') onDone();
      }}
    />
  );
}
