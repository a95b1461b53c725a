import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { Failure } from '../../parts/failure.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Article } from './article.tsx';
import { GUIDE, type GuidePage } from './pages.ts';
import classes from './guide.module.css';

/** What can be done with the lab, told along an example. */
export default function GuideRoom() {
  const [location] = useLocation();
  const page = GUIDE.find(({ id }) => location === paths.guidePage(id)) ?? GUIDE[0];
  return (
    <div className={classes.room}>
      <nav className={classes.pages} aria-label="Pages of the guide">
        {GUIDE.map(({ id, title, summary }) => (
          <Link key={id} href={paths.guidePage(id)} aria-current={id === page.id ? 'page' : undefined}>
            <b>{title}</b>
            <span>{summary}</span>
          </Link>
        ))}
      </nav>
      {/* Scrolled by keys as well. */}
      <div key={page.id} className={classes.page} tabIndex={0} role="region" aria-label={page.title}>
        <Page page={page} />
      </div>
    </div>
  );
}

function Page({ page }: { page: GuidePage }) {
  const text = useQuery({ queryKey: ['guide', page.id], queryFn: page.text, staleTime: Infinity });
  if (text.error)
    return <Failure error={text.error} title="The page cannot be shown" onRetry={() => void text.refetch()} />;
  if (!text.data) return <Loading label="Opening the page" />;
  return <Article text={text.data.default} />;
}
