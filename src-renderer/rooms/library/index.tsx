import { Redirect, Route, Switch } from 'wouter';
import { useState } from 'react';
import { useAction } from '../../app/use-action.ts';
import { DatasetPage } from './dataset-page.tsx';
import { DatasetsPage } from './datasets-page.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { paths } from '../../app/paths.ts';

/** Datasets and their clips: brought in, looked at, heard, put in order. */
export default function LibraryRoom() {
  const [importing, setImporting] = useState(false);
  useAction('library.import', () => setImporting(true));
  return (
    <>
      <Switch>
        <Route path="/library/:dataset/:page?">
          {({ dataset, page }) => {
            const id = Number(dataset);
            if (!Number.isInteger(id) || id < 1) return <Redirect to={paths.library} replace />;
            return <DatasetPage key={id} dataset={id} page={page ?? 'clips'} />;
          }}
        </Route>
        <Route>
          <DatasetsPage />
        </Route>
      </Switch>
      <ImportDialog opened={importing} onClose={() => setImporting(false)} />
    </>
  );
}
