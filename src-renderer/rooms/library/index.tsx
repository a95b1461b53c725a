import { Title } from '@mantine/core';

export default function LibraryRoom() {
  return <Title order={1}>Library</Title>;
}
