import { useEffect } from 'react';
import { tellError } from '../../../app/tell.tsx';
import { useAction } from '../../../app/use-action.ts';
import { player } from '../../../parts/player.ts';
import { KeptList, playTake } from './kept-list.tsx';
import { LeftTakes } from './left-takes.tsx';
import { MicrophoneSection } from './microphone-section.tsx';
import classes from './record.module.css';
import { cancel, leave, openMicrophone, redo, skip, start, startOrStop, useRecorder } from './recorder.ts';
import { RecordStage } from './stage.tsx';

/** Records from the microphone into the lab: freely, or words that are asked for, by the keyboard alone. */
export default function RecordPage() {
  const { phase, microphone, kept, series } = useRecorder();
  useEffect(
    () => () => {
      void leave();
      player.unload();
    },
    [],
  );
  const going = phase === 'recording' || phase === 'counting';
  const toggle = () => {
    player.pause();
    if (microphone === 'on') startOrStop();
    else void openMicrophone();
  };
  const again = () => void redo().then(start, (thrown: unknown) => tellError(thrown, 'The take was not taken back'));
  useAction('studio.record', toggle, phase !== 'saving' && microphone !== 'asking');
  useAction('studio.cancelTake', cancel, going);
  useAction('studio.redoTake', again, phase === 'idle' && kept.length > 0);
  useAction('studio.skipTake', () => skip(), phase === 'idle' && series !== null);
  useAction('studio.playTake', () => playTake(kept[0]), phase === 'idle' && kept.length > 0);
  return (
    <div className={classes.page} tabIndex={0} role="region" aria-label="Recording">
      <div className={classes.columns}>
        <MicrophoneSection />
        <RecordStage />
        <div className={classes.side}>
          <LeftTakes />
          <KeptList />
        </div>
      </div>
    </div>
  );
}
