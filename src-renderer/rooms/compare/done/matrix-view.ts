import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { MatrixCell, MatrixValues } from '../../../parts/matrix/confusion-matrix.tsx';
import type { MatrixOrder } from '../../../parts/matrix/order.ts';

interface MatrixView {
  values: MatrixValues;
  order: MatrixOrder;
  /** `all`: side by side; else one network, as large as there is room. */
  size: 'all' | 'large';
  /** What is pointed at in one matrix is marked in all. */
  pointed: MatrixCell | null;
}

/** How matrices are looked at; kept on this machine but for what is under the pointer. */
export const useMatrixView = create<MatrixView>()(
  persist((): MatrixView => ({ values: 'counts', order: 'class', size: 'all', pointed: null }), {
    name: 'hark.matrices',
    partialize: ({ values, order, size }) => ({ values, order, size }),
  }),
);

export const toggleValues = () =>
  useMatrixView.setState(({ values }) => ({ values: values === 'counts' ? 'percent' : 'counts' }));
export const toggleOrder = () =>
  useMatrixView.setState(({ order }) => ({ order: order === 'class' ? 'confusion' : 'class' }));
export const point = (pointed: MatrixCell | null) => useMatrixView.setState({ pointed });
