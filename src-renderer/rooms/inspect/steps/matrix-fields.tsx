import { PARAMETERS } from '#shared/math/cells/network.ts';
import { at } from '#shared/math/cells/matrix.ts';
import { keyOf, type Editable, type Exercise, type Place, type Settings } from './exercise.ts';
import { NAMES, placeName, rowName } from './labels.ts';
import { NumberField } from './number-field.tsx';
import { edit, useSteps, type Pick } from './state.ts';
import { SymbolText } from './typeset.tsx';
import classes from './steps.module.css';

interface Props {
  name: Editable;
  exercise: Exercise;
  settings: Settings;
  /** Names of the rows; left out where a matrix beside it has them. */
  heads?: boolean;
}

/** A matrix whose numbers can be edited. To enter one of a weight picks it for the check of its gradient. */
export function MatrixFields({ name, exercise, settings, heads = true }: Props) {
  const edits = useSteps((state) => state.bench.edits);
  const pick = useSteps((state) => state.pick);
  const of = exercise[name];
  const { symbol, words } = NAMES[name];
  const range = (size: number) => Array.from({ length: size }, (_, index) => index);
  return (
    <table className={classes.matrix}>
      <caption title={words}>
        <SymbolText name={symbol} />{' '}
        <span className={classes.dim}>
          {of.rows} × {of.columns}
        </span>
      </caption>
      <tbody>
        {range(of.rows).map((row) => (
          <tr key={row} data-ends={endsGate(settings, name, row) || undefined}>
            {heads && <th scope="row">{rowName(settings, name, row)}</th>}
            {range(of.columns).map((column) => {
              const place: Place = { name, row, column };
              return (
                <td key={column}>
                  <NumberField
                    label={placeName(settings, place)}
                    value={at(of, row, column)}
                    edited={keyOf(place) in edits}
                    picked={keyOf(place) === keyOf(pick)}
                    onChange={(value) => edit(place, value)}
                    onFocus={() => isWeight(place) && useSteps.setState({ pick: place })}
                  />
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const isWeight = (place: Place): place is Pick => (PARAMETERS as readonly Editable[]).includes(place.name);

/** Whether the rows of a gate end here, so that a gap tells them from the next one's. */
const endsGate = ({ hiddenSize }: Settings, name: Editable, row: number) =>
  /Ih|Hh/.test(name) && (row + 1) % hiddenSize === 0;
