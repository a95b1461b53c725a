import { Title } from '@mantine/core';

export default function CompareRoom() {
  return <Title order={1}>Compare</Title>;
}
