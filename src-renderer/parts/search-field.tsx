import { CloseButton, TextInput, type TextInputProps } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { Ref } from 'react';

interface Props extends Omit<TextInputProps, 'value' | 'onChange' | 'ref'> {
  ref: Ref<HTMLInputElement>;
  value: string;
  onSearch: (words: string) => void;
  /** From the field into the list below it: first after Enter or the arrow down, else after Escape, which clears the search. */
  onLeave?: (to: 'first' | 'list') => void;
}

/** Searches a list as one types. */
export function SearchField({ value, onSearch, onLeave, ...rest }: Props) {
  return (
    <TextInput
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={value && <CloseButton size="xs" aria-label="Clear the search" onClick={() => onSearch('')} />}
      value={value}
      onChange={(event) => onSearch(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          onSearch('');
          onLeave?.('list');
        } else if (event.key === 'ArrowDown' || event.key === 'Enter') onLeave?.('first');
      }}
      {...rest}
    />
  );
}
