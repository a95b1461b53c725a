import { PagedRoom } from '../../parts/paged-room.tsx';
import { PAGES } from './pages.ts';

/** The room where sound is looked at, edited and labelled. */
export default function Studio() {
  return <PagedRoom room="Studio" pages={PAGES} />;
}
