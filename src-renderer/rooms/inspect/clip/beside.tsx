import { ActionIcon, CloseButton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ClipDetail } from '#shared/domain/clip.ts';
import type { RunView } from '#shared/domain/run.ts';
import { api } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { splitPath } from '../../../parts/format.ts';
import { Loading } from '../../../parts/loading.tsx';
import { SoundView } from '../../../parts/sound/sound-view.tsx';
import { useInspect } from '../state.ts';
import { Opinion } from './clip-head.tsx';
import type { Counterparts } from './counterparts.ts';
import { Followed } from './followed.tsx';
import { PICTURE_HEIGHTS, useStrips } from './strips.tsx';
import { useNetworks } from './use-networks.ts';
import classes from '../inspect.module.css';

/** Room for the axis of frequencies; what the strips are is written beside the other clip. */
const GUTTER = 56;

interface Props {
  counterparts: Counterparts;
  run: RunView;
  /** Classes. */
  names: readonly string[];
  /** The order of units beside it, so that each row is the same unit. */
  order: Int32Array | null;
}

/** Another clip of the same label that came out otherwise, its strips in line with those of the clip at hand. */
export function Beside({ counterparts: { clips, right }, run, names, order }: Props) {
  const [wanted, setAt] = useState(0);
  const at = Math.min(wanted, clips.length - 1);
  const one = clips.at(at);
  const detail = useQuery({
    ...api.library.clip.queryOptions({ input: { clip: one?.clip ?? 0 } }),
    enabled: one !== undefined,
    placeholderData: keepPreviousData,
  });
  const step = (by: number) => setAt((at + by + clips.length) % clips.length);
  return (
    <section className={classes.beside} aria-label={right ? 'A clip it got right' : 'A clip it got wrong'}>
      <header className={classes.besideHead}>
        <b>{right ? 'Got right' : 'Got wrong'}</b>
        {one && (
          <span className="hark-ellipsis" title={one.file}>
            {splitPath(one.file).name}
          </span>
        )}
        {clips.length > 1 && (
          <span className={classes.fields}>
            <ActionIcon variant="subtle" size="sm" aria-label="The one before" onClick={() => step(-1)}>
              <IconChevronLeft size={14} aria-hidden />
            </ActionIcon>
            <span className={classes.dim}>
              {at + 1} of {clips.length}
            </span>
            <ActionIcon variant="subtle" size="sm" aria-label="The next one" onClick={() => step(1)}>
              <IconChevronRight size={14} aria-hidden />
            </ActionIcon>
          </span>
        )}
        <CloseButton
          size="sm"
          aria-label="Close the clip beside"
          onClick={() => useInspect.setState({ beside: false })}
        />
      </header>
      {!one ? (
        <p className={classes.caption}>
          The network got {right ? 'no other clip of this label right' : 'all other clips of this label right'}.
        </p>
      ) : detail.error ? (
        <Failure error={detail.error} title="The clip cannot be shown" />
      ) : detail.data ? (
        <OneBeside clip={detail.data} truth={one.truth} run={run} names={names} order={order} />
      ) : (
        <Loading label="Loading the clip beside" />
      )}
    </section>
  );
}

interface OneProps extends Pick<Props, 'run' | 'names' | 'order'> {
  clip: ClipDetail;
  truth: string;
}

function OneBeside({ clip, truth, run, names, order }: OneProps) {
  const networks = useNetworks([run], clip.id, truth).map((network) => ({
    ...network,
    order: order?.length === network.signals?.units ? order : network.order,
  }));
  const strips = useStrips({ networks, clip, classes: names, truth }).map((strip) => ({ ...strip, gutter: null }));
  return (
    <>
      <div className={classes.besideSaid}>
        {networks.map((network) => (
          <Opinion key={network.run.id} network={network} truth={truth} names={names} clip={clip} />
        ))}
      </div>
      <SoundView
        clip={clip.id}
        version={clip.version}
        duration={clip.duration}
        sampleRate={clip.sampleRate}
        {...PICTURE_HEIGHTS}
        gutterWidth={GUTTER}
        strips={strips}
        over={<Followed networks={networks} duration={clip.duration} />}
      />
    </>
  );
}
