import videojs from 'video.js';
import type Player from 'video.js/dist/types/player';
import type { Quality } from '~/domain/media/quality';

export interface ShownQuality {
  quality: Quality;
  /** Such as 480p. */
  short: string;
  /** With what it brings over the line. */
  label: string;
}

/** The menu of picture sizes in the control bar. */
export interface QualityMenu {
  show(quality: Quality): void;
}

const MenuButton = videojs.getComponent('MenuButton') as unknown as new (
  player: Player,
  options: object,
) => ReturnType<Player['getChild']> & {
  createItems(): object[];
  update(): void;
  controlText(text: string): void;
  el(): Element;
  buildWrapperCSSClass(): string;
};
const MenuItem = videojs.getComponent('MenuItem') as unknown as new (
  player: Player,
  options: { label: string; selectable: boolean; selected: boolean; multiSelectable: boolean },
) => { handleClick(event?: Event): void; selected(on: boolean): void };

/** Puts the menu before the button of the full screen; `choose` is told what was tapped. */
export function addQualityMenu(
  player: Player,
  options: {
    title: string;
    choices: readonly ShownQuality[];
    chosen: Quality;
    choose: (quality: Quality) => void;
  },
): QualityMenu {
  let chosen = options.chosen;
  class Choice extends MenuItem {
    readonly #quality: Quality;
    constructor({ quality, label }: ShownQuality) {
      const selected = quality === chosen;
      super(player, { label, selectable: true, selected, multiSelectable: false });
      this.#quality = quality;
    }
    override handleClick(event?: Event): void {
      super.handleClick(event);
      options.choose(this.#quality);
    }
  }
  class QualityButton extends MenuButton {
    override createItems(): object[] {
      return options.choices.map((choice) => new Choice(choice));
    }
    override buildWrapperCSSClass(): string {
      return `vjs-quality ${super.buildWrapperCSSClass()}`;
    }
  }
  const button = new QualityButton(player, {});
  button.controlText(options.title);
  const value = document.createElement('span');
  value.className = 'vjs-quality-value';
  value.setAttribute('aria-hidden', 'true');
  button.el().append(value);
  const bar = player.getChild('ControlBar');
  const parts = (bar?.children() ?? []) as { name(): string }[];
  const before = parts.findIndex((part) => part.name() === 'FullscreenToggle');
  bar?.addChild(button, {}, before < 0 ? undefined : before);
  const show = (quality: Quality) => {
    chosen = quality;
    button.update();
    value.textContent = options.choices.find((one) => one.quality === quality)?.short ?? '';
  };
  show(chosen);
  return { show };
}
