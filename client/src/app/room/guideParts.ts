import type { Component } from 'solid-js'

/** What Bap Island adds to the room's own parts; its code comes with the island alone. */
export interface Guide {
  /** At the top of the panel. */
  Panel: Component
  /** At the top of the phone's sheet. */
  Strip: Component
  /** Below the list. */
  Foot: Component
}
