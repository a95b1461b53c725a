import { IconBooks, IconWaveSawTool } from '@tabler/icons-react';
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, Redirect, useLocation } from 'wouter';
import { paths } from '../../../app/paths.ts';
import { chooseClip, chooseDataset, useSelection } from '../../../app/selection.ts';
import { api } from '../../../client/client.ts';
import { Empty } from '../../../parts/empty.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { Loading } from '../../../parts/loading.tsx';
import { Panels } from '../../../parts/panels.tsx';
import { ClipPanel } from './clip-panel.tsx';
import { Editor } from './editor.tsx';
import { SidePanel } from './side-panel.tsx';
import classes from './view.module.css';

/** Milliseconds one rests on a clip before it is opened, while the arrows run through the list. */
const REST = 90;

/** The editor: clips of the dataset, the clip that lies open, and what is known of it. */
export default function EditorPage() {
  const [location] = useLocation();
  const clip = clipIn(location);
  const remembered = useSelection((state) => state.clip);
  const dataset = useSelection((state) => state.dataset);
  useEffect(() => {
    if (clip !== null) chooseClip(clip);
  }, [clip]);
  if (clip === null && remembered !== null) return <Redirect to={paths.studioClip(remembered)} replace />;
  return (
    <Panels
      name="studio.clips"
      sized="first"
      initial={196}
      min={170}
      rest={560}
      first={<ClipPanel dataset={dataset} />}
      second={<OpenClip clip={clip} />}
    />
  );
}

const clipIn = (location: string): number | null => {
  const found = /^\/studio\/clip\/(\d+)$/.exec(location)?.[1];
  return found === undefined ? null : Number(found);
};

function OpenClip({ clip: wanted }: { clip: number | null }) {
  const [clip] = useDebouncedValue(wanted, REST, { leading: true });
  const open = useQuery({
    ...api.studio.open.queryOptions({ input: { clip: clip ?? 0 } }),
    enabled: clip !== null,
    placeholderData: (before) => before,
  });
  // The list shows the dataset of the clip that lies open, also when an address has led to it.
  const dataset = open.data?.clip.id === clip ? open.data?.clip.dataset : undefined;
  useEffect(() => {
    if (dataset === undefined || clip === null) return;
    chooseDataset(dataset);
    chooseClip(clip);
  }, [dataset, clip]);
  if (clip === null)
    return (
      <Empty
        icon={IconWaveSawTool}
        title="No clip chosen"
        action={
          <Button component={Link} href={paths.library} variant="default" leftSection={<IconBooks size={14} />}>
            Open the library
          </Button>
        }
      >
        Choose a clip from the list to look at, edit and label it.
      </Empty>
    );
  if (open.error)
    return (
      <div className={classes.failed}>
        <Failure error={open.error} title="The clip could not be opened" onRetry={() => void open.refetch()} />
      </div>
    );
  if (!open.data) return <Loading label="Opening the clip" />;
  return (
    <Panels
      name="studio.side"
      sized="second"
      initial={316}
      min={240}
      rest={420}
      first={<Editor key={open.data.clip.id} open={open.data} current={open.data.clip.id === clip} />}
      second={<SidePanel open={open.data} />}
    />
  );
}
