import { PagedRoom } from '../../parts/paged-room.tsx';
import { PAGES } from './pages.ts';

/** The room of what many trainings say together: one setting at several levels, what accuracy costs, what to do next. */
export default function Experiments() {
  return <PagedRoom room="Experiments" pages={PAGES} />;
}
