import { cleanup, fireEvent, render, screen, waitFor } from '@solidjs/testing-library'
import { createSignal } from 'solid-js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { setLang } from '#client/lib/i18n/i18n.ts'
import { ProfileSheet } from './profile.tsx'

beforeEach(() => setLang('ko'))
afterEach(cleanup)

test('Enter saves; what is wrong is said at the name and stays open; an empty name is not sent', async () => {
  const saved: string[] = []
  const [open, setOpen] = createSignal(true)
  render(() => (
    <ProfileSheet
      open={open()}
      title="내 이름과 얼굴"
      of={{ name: '서연', portrait: 'abcd1234', colour: 3 }}
      onClose={() => setOpen(false)}
      onSave={async (name) => {
        saved.push(name)
        return name === '나쁜' ? '다른 이름을 적어 주세요' : true
      }}
    />
  ))
  const field = await screen.findByRole<HTMLInputElement>('textbox', { name: '이름' })
  const submit = (): void => void fireEvent.submit(field.form as HTMLFormElement)
  const save = screen.getByRole<HTMLButtonElement>('button', { name: '저장' })
  expect([field.value, save.type, save.getAttribute('form')]).toEqual([
    '서연',
    'submit',
    field.form?.id,
  ])
  fireEvent.input(field, { target: { value: ' ' } })
  submit()
  expect([saved, save.disabled]).toEqual([[], true])
  fireEvent.input(field, { target: { value: '나쁜' } })
  submit()
  expect((await screen.findByRole('alert')).textContent).toBe('다른 이름을 적어 주세요')
  expect(open()).toBe(true)
  fireEvent.click(screen.getByRole('button', { name: '다른 이름' }))
  expect(screen.queryByRole('alert')).toBeNull()
  expect(field.value).toMatch(/^\S+ \S+$/)
  submit()
  await waitFor(() => expect(open()).toBe(false))
  expect(saved).toEqual(['나쁜', field.value])
})
