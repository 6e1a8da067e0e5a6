import { createSignal, For } from 'solid-js'
import { t } from '#client/lib/i18n/i18n.ts'
import { Button, IconButton, type ButtonLook } from '#client/ui/button.tsx'
import { Chip, SearchField, Segmented, Slider, Switch, TextField } from '#client/ui/field.tsx'
import * as Icons from '#client/ui/icons.ts'
import { Menu } from '#client/ui/menu.tsx'
import { Kbd } from '#client/ui/states.tsx'
import { Board, Row } from './ui.page.board.tsx'

const looks: ButtonLook[] = ['pri', 'sec', 'out', 'line', 'chosen', 'txt', 'danger']

function Buttons() {
  return (
    <>
      <For each={[36, 44, 56] as const}>
        {(size) => (
          <Row name={`Button ${size}`}>
            <For each={looks}>
              {(look) => (
                <Button look={look} size={size}>
                  {t('home.openRoom')}
                </Button>
              )}
            </For>
          </Row>
        )}
      </For>
      <Row name="Button: icon, busy, disabled">
        <Button look="pri" icon={<Icons.Plus size={18} />}>
          {t('places.addShort')}
        </Button>
        <Button look="sec" icon={<Icons.Link size={18} />}>
          {t('common.copyLink')}
        </Button>
        <Button look="pri" busy>
          {t('rooms.join')}
        </Button>
        <Button look="sec" busy>
          {t('rooms.join')}
        </Button>
        <Button look="pri" disabled>
          {t('rooms.join')}
        </Button>
      </Row>
      <Row name="IconButton">
        <IconButton label={t('common.back')} look="float">
          <Icons.ChevronLeft size={22} />
        </IconButton>
        <IconButton label={t('common.search')}>
          <Icons.Search size={22} />
        </IconButton>
        <IconButton label={t('settings.title')} look="well">
          <Icons.Settings size={20} />
        </IconButton>
        <IconButton label={t('voice.unmute')} look="line" size={52}>
          <Icons.MicOff size={24} />
        </IconButton>
        <IconButton label={t('voice.mute')} look="ink" size={52}>
          <Icons.Mic size={24} />
        </IconButton>
        <IconButton label={t('chat.send')} look="pri">
          <Icons.ArrowUp size={22} />
        </IconButton>
        <IconButton label={t('chat.openUnread', { count: 3 })} look="well" size={52} badge={3}>
          <Icons.MessageCircle size={24} />
        </IconButton>
        <Menu
          label={t('votes.sort')}
          trigger={<Icons.Ellipsis size={22} />}
          items={[
            { label: t('rooms.follow'), icon: <Icons.Eye size={20} />, onSelect: () => {} },
            {
              label: t('rooms.handOver'),
              icon: <Icons.Crown size={20} />,
              onSelect: () => {},
              checked: true,
            },
            {
              label: t('rooms.removePerson'),
              icon: <Icons.UserMinus size={20} />,
              onSelect: () => {},
              danger: true,
              line: true,
            },
          ]}
        />
      </Row>
    </>
  )
}

function Fields() {
  const [name, setName] = createSignal('배고픈 소라')
  const [query, setQuery] = createSignal('빈대떡')
  return (
    <div class="grid gap-4 tablet:grid-cols-2">
      <TextField label={t('rooms.name')} labelShown value={name()} onInput={setName} />
      <TextField
        label={t('rooms.nickLabel')}
        labelShown
        value={name()}
        onInput={setName}
        wrong={t('errors.name_invalid', { max: 20 })}
      />
      <SearchField
        label={t('common.search')}
        placeholder={t('places.searchPlaceholder')}
        value={query()}
        onInput={setQuery}
      />
      <SearchField
        label={t('common.search')}
        placeholder={t('places.searchPlaceholder')}
        value=""
        onInput={setQuery}
        size={44}
      />
      <TextField
        label={t('rooms.nickLabel')}
        value={name()}
        onInput={setName}
        size={56}
        hint={t('rooms.welcomeText')}
        after={
          <IconButton label={t('rooms.nickShuffle')}>
            <Icons.RefreshCw size={20} />
          </IconButton>
        }
      />
    </div>
  )
}

function Choices() {
  const [on, setOn] = createSignal(true)
  const [tally, setTally] = createSignal<'open' | 'hidden'>('open')
  const [minutes, setMinutes] = createSignal(3)
  const [volume, setVolume] = createSignal(70)
  const [near, setNear] = createSignal(true)
  return (
    <>
      <Row name="Switch">
        <Switch label={t('voice.noise')} checked={on()} onChange={setOn} />
        <Switch label={t('voice.noise')} checked={!on()} onChange={() => setOn(!on())} />
        <Switch label={t('voice.noise')} checked={false} disabled onChange={setOn} />
      </Row>
      <Row name="Segmented">
        <Segmented
          class="w-full"
          label={t('votes.tallyOpen')}
          value={tally()}
          onChange={setTally}
          options={[
            { value: 'open', label: t('votes.tallyOpen') },
            { value: 'hidden', label: t('votes.tallyHidden') },
          ]}
        />
        <Segmented
          class="w-full"
          label={t('votes.closeNow')}
          value={minutes()}
          onChange={setMinutes}
          options={[1, 3, 10, 30].map((count) => ({
            value: count,
            label: t('votes.minutesShort', { count }),
          }))}
        />
      </Row>
      <Row name="Slider">
        <Slider
          label={t('voice.volumeOf', { name: '민수' })}
          value={volume()}
          onChange={setVolume}
          say={(value) => `${value}%`}
        />
      </Row>
      <Row name="Chip, Kbd">
        <Chip pressed={near()} onClick={() => setNear(!near())}>
          {t('votes.sortAdded')}
        </Chip>
        <Chip pressed={!near()} onClick={() => setNear(!near())}>
          {t('votes.sortNear')}
        </Chip>
        <Chip look="well">
          <Icons.MapPin size={16} />
          {t('places.dropPin')}
        </Chip>
        <Kbd>V</Kbd>
        <Kbd>Space</Kbd>
      </Row>
    </>
  )
}

export function ControlsBoard() {
  return (
    <Board title="Controls">
      <Buttons />
      <Fields />
      <Choices />
    </Board>
  )
}
