import { Component, type ReactNode } from 'react'

interface PaneBoundaryProps {
  readonly fallback: ReactNode
  readonly children: ReactNode
}

/** If the rich editor cannot be loaded or fails, the plain one replaces it, and no line is lost. */
export class PaneBoundary extends Component<PaneBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children
  }
}
