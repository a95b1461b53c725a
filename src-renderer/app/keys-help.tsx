import { Anchor, Modal, Table, Text } from '@mantine/core';
import { Link } from 'wouter';
import { Keys } from '../parts/kbd.tsx';
import { ACTIONS, type Action, type ActionId } from './actions.ts';
import { useBindings } from './bindings.ts';
import classes from './keys-help.module.css';
import { useOverlays } from './overlays.ts';
import { paths } from './paths.ts';

/** `?`: every key there is, as bound now. */
export function KeysHelp() {
  const open = useOverlays((state) => state.keys);
  const chordsOf = useBindings((state) => state.of);
  const close = () => useOverlays.setState({ keys: false });
  return (
    <Modal opened={open} onClose={close} title="Keys" size="46rem">
      <div className={classes.columns}>
        {Object.entries(Object.groupBy(ACTIONS as readonly Action[], ({ group }) => group)).map(([group, actions]) => (
          <Table key={group} className={classes.group} withRowBorders={false} verticalSpacing={2}>
            <caption className={classes.heading}>{group}</caption>
            <Table.Tbody>
              {actions!.map(({ id, title }) => (
                <Table.Tr key={id}>
                  <Table.Td>{title}</Table.Td>
                  <Table.Td ta="right">
                    {chordsOf(id as ActionId).map((chord, index) => (
                      <span key={chord}>
                        {index > 0 && ' or '}
                        <Keys chord={chord} />
                      </span>
                    ))}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        ))}
      </div>
      <Text size="sm" c="dimmed" mt="sm">
        All of them can be changed in the{' '}
        <Anchor component={Link} href={paths.settings} onClick={close} inherit>
          settings
        </Anchor>
        .
      </Text>
    </Modal>
  );
}
