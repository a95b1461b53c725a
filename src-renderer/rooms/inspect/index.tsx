import { PagedRoom } from '../../parts/paged-room.tsx';
import { PAGES } from './pages.ts';

/** The room where one looks inside of networks. */
export default function Inspect() {
  return <PagedRoom room="Inspect" pages={PAGES} />;
}
