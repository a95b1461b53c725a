import { useComputedColorScheme } from '@mantine/core';
import Markdown from 'markdown-to-jsx';
import type { ComponentProps } from 'react';
import { pictureUrl } from './pictures.ts';
import classes from './guide.module.css';

/** A page of the guide, written in Markdown. */
export function Article({ text }: { text: string }) {
  return (
    <Markdown
      className={classes.article}
      options={{
        wrapper: 'article',
        forceWrapper: true,
        // Text alone: a page needs no tags of its own.
        disableParsingRawHTML: true,
        overrides: { img: Picture, table: Table },
      }}
    >
      {text}
    </Markdown>
  );
}

function Picture({ src = '', alt = '' }: ComponentProps<'img'>) {
  const dark = useComputedColorScheme('dark') === 'dark';
  const url = pictureUrl(src, dark);
  return (
    <figure className={classes.figure}>
      {url && <img src={url} alt={alt} loading="lazy" />}
      <figcaption>{alt}</figcaption>
    </figure>
  );
}

/** Wider than the page, a table is scrolled by itself. */
function Table(props: ComponentProps<'table'>) {
  return (
    <div className={classes.table} tabIndex={0} role="region" aria-label="Table">
      <table {...props} />
    </div>
  );
}
