import { Title } from '@mantine/core';

export default function ReportsRoom() {
  return <Title order={1}>Reports</Title>;
}
