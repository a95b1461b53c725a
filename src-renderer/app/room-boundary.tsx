import { Component, type ReactNode } from 'react';
import type { HarkError } from '#shared/domain/errors.ts';
import { asHarkError } from '#shared/domain/errors.ts';
import { Failure } from '../parts/failure.tsx';

interface Props {
  room: string;
  children: ReactNode;
}

/** Keeps a fault in one room from taking the window down. */
export class RoomBoundary extends Component<Props, { error: HarkError | null }> {
  override state = { error: null as HarkError | null };

  static getDerivedStateFromError(thrown: unknown) {
    return { error: asHarkError(thrown) };
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return (
      <div style={{ maxWidth: '40rem', padding: '1.5rem' }}>
        <Failure
          error={this.state.error}
          title={`${this.props.room} could not be shown`}
          onRetry={() => this.setState({ error: null })}
        />
      </div>
    );
  }
}
