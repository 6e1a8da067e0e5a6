import type { FastifyInstance } from 'fastify'
import type { Sfu } from '#server/platform/sfu.ts'
import type { Voice } from './service.ts'

/** LiveKit's events are a few hundred bytes; a room with 200 people is far below this. */
const WEBHOOK_BYTES = 256 * 1_024

/** LiveKit tells what happens in its rooms. The signature is over the raw body, so that nothing may parse it before. */
export function mountVoice(
  app: FastifyInstance,
  voice: Pick<Voice, 'receive'>,
  sfu: Pick<Sfu, 'verifyWebhook'>,
): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: WEBHOOK_BYTES },
      (_request, body, done) => done(null, body),
    )
    scope.post('/livekit/webhook', async (request, reply) => {
      const event = await sfu.verifyWebhook(String(request.body), request.headers.authorization)
      await voice.receive(event)
      return reply.code(200).send()
    })
  })
}
