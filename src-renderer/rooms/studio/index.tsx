import { IconWaveSawTool } from '@tabler/icons-react';
import { Empty } from '../../parts/empty.tsx';

/** The room where sound is looked at, edited and labelled. */
export default function Studio() {
  return (
    <Empty icon={IconWaveSawTool} title="No clip chosen">
      Choose a clip to look at, edit and label.
    </Empty>
  );
}
