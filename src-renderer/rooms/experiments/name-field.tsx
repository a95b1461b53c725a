import { TextInput } from '@mantine/core';
import { useRename } from './use-sweeps.ts';

interface Props {
  sweep: number;
  name: string;
  onDone: () => void;
}

/** An ablation's name while it is changed: Enter keeps it, Escape does not. */
export function NameField({ sweep, name, onDone }: Props) {
  const rename = useRename();
  const finish = (value: string) => {
    onDone();
    if (value.trim() && value.trim() !== name) rename.mutate({ sweep, name: value });
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
