import { Title } from '@mantine/core';
import { Appearance } from './appearance.tsx';
import { EngineSection } from './engine-section.tsx';
import { KeysSection } from './keys-section.tsx';
import classes from './settings.module.css';
import { System } from './system.tsx';

/** How the window looks and is driven, what networks are computed on, and what Hark runs on. */
export default function SettingsRoom() {
  return (
    <div className={classes.room} tabIndex={0} role="region" aria-label="Settings">
      <div className={classes.column}>
        <Title order={1}>Settings</Title>
        <Appearance />
        <EngineSection />
        <KeysSection />
        <System />
      </div>
    </div>
  );
}
