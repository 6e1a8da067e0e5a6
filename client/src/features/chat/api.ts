import type { ChannelEvent, History, SendResult } from '#shared/chat.ts'
import { trpc } from '../../lib/trpc.ts'

/** What the chat needs of the network; tests give their own. */
export interface ChatWire {
  history(channelId: string, before?: number): Promise<History>
  send(channelId: string, clientId: string, body: string): Promise<SendResult>
  typing(channelId: string, typing: boolean): Promise<unknown>
  /** Everything after an event id; the socket resumes by itself. `onEnd`: refused or over. Returns the end of it. */
  listen(
    channelId: string,
    after: string,
    onEvent: (event: ChannelEvent) => void,
    onEnd: (error: unknown) => void,
  ): () => void
}

const PAGE = 50

export const chatWire: ChatWire = {
  history: (channelId, before) => trpc.chat.history.query({ channelId, before, limit: PAGE }),
  send: (channelId, clientId, body) => trpc.chat.send.mutate({ channelId, clientId, body }),
  typing: (channelId, typing) => trpc.chat.typing.mutate({ channelId, typing }),
  listen: (channelId, after, onEvent, onEnd) => {
    const subscription = trpc.chat.events.subscribe(
      { channelId, lastEventId: after },
      {
        onData: ({ data }) => onEvent(data),
        onError: onEnd,
        onComplete: () => onEnd(null),
      },
    )
    return () => subscription.unsubscribe()
  },
}
