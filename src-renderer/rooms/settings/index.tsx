import { Title } from '@mantine/core';

export default function SettingsRoom() {
  return <Title order={1}>Settings</Title>;
}
