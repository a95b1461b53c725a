import {
  IconArrowBackUp,
  IconWaveSawTool,
  IconArrowDown,
  IconArrowLeft,
  IconArrowForwardUp,
  IconArrowsCross,
  IconArrowsSort,
  IconArrowUp,
  IconBan,
  IconBook2,
  IconBooks,
  IconChartDots,
  IconChartHistogram,
  IconCheck,
  IconChecks,
  IconChartLine,
  IconCommand,
  IconDots,
  IconEyeSearch,
  IconFileExport,
  IconFileText,
  IconFlask,
  IconFolderPlus,
  IconGridDots,
  IconHistory,
  IconKeyboard,
  IconLayoutSidebarLeftCollapse,
  IconList,
  IconMoonStars,
  IconNote,
  IconPencil,
  IconPercentage,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
  IconRepeat,
  IconSearch,
  IconSettings,
  IconTag,
  IconTagPlus,
  IconStack2,
  IconStack3,
  IconTable,
  IconWaveSine,
  IconX,
  IconArrowAutofitWidth,
  IconArrowBarLeft,
  IconArrowBarRight,
  IconArrowBarToLeft,
  IconArrowBarToRight,
  IconArrowLeftBar,
  IconArrowRightBar,
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconArrowsVertical,
  IconBracketsContainEnd,
  IconBracketsContainStart,
  IconChevronLeft,
  IconChevronRight,
  IconChevronsLeft,
  IconChevronsRight,
  IconCursorText,
  IconFileTypeSvg,
  IconFold,
  IconMagnet,
  IconMarquee,
  IconPhoto,
  IconRewindBackward5,
  IconRewindForward5,
  IconSelectAll,
  IconSeparatorVertical,
  IconTrash,
  IconVectorBezier2,
  IconZoomIn,
  IconZoomOut,
  IconZoomScan,
  type Icon,
  IconScissors,
  IconCopy,
  IconClipboardPlus,
  IconCrop,
  IconVolumeOff,
  IconSpacingHorizontal,
  IconVolume,
  IconArrowBarToUp,
  IconEar,
  IconTrendingUp,
  IconTrendingDown,
  IconSeparator,
  IconFilter,
  IconMarquee2,
  IconViewfinder,
  IconEraser,
  IconGrain,
  IconSwitchHorizontal,
  IconArrowsHorizontal,
  IconMusicUp,
  IconArrowMerge,
  IconEarOff,
  IconSlice,
  IconPlayerRecord,
  IconRefresh,
} from '@tabler/icons-react';

/** Rooms, and pages of rooms that have keys of their own instead of their room's. */
export type RoomScope = 'library' | 'studio' | 'compare' | 'inspect' | 'experiments' | 'reports' | 'guide' | 'settings';
export type PageScope = 'queue' | 'suspects' | 'steps';

/** Where an action's keys count: everywhere, or only in one place. Keys may be used twice only in different places. */
export type Scope = 'everywhere' | RoomScope | PageScope;

export interface Action {
  id: string;
  title: string;
  /** Chords as written in app/keys.ts, e.g. `Mod+K`; the first is the one shown. */
  keys: readonly string[];
  icon: Icon;
  /** Heading in the palette and in the list of keys. */
  group:
    | 'Go to'
    | 'Edit'
    | 'Sound'
    | 'Edit sound'
    | 'Recording'
    | 'Lists'
    | 'Library'
    | 'Studio'
    | 'Queue'
    | 'Suspects'
    | 'Compare'
    | 'Step by step'
    | 'Experiments'
    | 'Reports'
    | 'View'
    | 'Help';
  scope: Scope;
  /** The action of everywhere whose keys mean this one as long as it can be done. */
  before?: string;
}

/** The keys of classes, in the order of a keyboard. */
export const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const;
export type Digit = (typeof DIGITS)[number];

/**
 * Everything that can be done with a key or from the palette: one table for buttons, keys, palette, tooltips and the list of keys.
 * What an action does is told by the component that can do it now (`useAction`); where none can, it is not offered.
 */
export const ACTIONS = [
  action('go.library', 'Library', 'Go to', ['Alt+1'], IconBooks),
  action('go.studio', 'Studio', 'Go to', ['Alt+2'], IconWaveSawTool),
  action('go.compare', 'Compare', 'Go to', ['Alt+3'], IconChartHistogram),
  action('go.inspect', 'Inspect', 'Go to', ['Alt+4'], IconEyeSearch),
  action('go.experiments', 'Experiments', 'Go to', ['Alt+5'], IconFlask),
  action('go.reports', 'Reports', 'Go to', ['Alt+6'], IconFileText),
  action('go.guide', 'Guide', 'Go to', ['Alt+7'], IconBook2),
  action('go.settings', 'Settings', 'Go to', ['Mod+,'], IconSettings),

  action('edit.undo', 'Undo', 'Edit', ['Mod+Z'], IconArrowBackUp),
  action('edit.redo', 'Redo', 'Edit', ['Mod+Shift+Z', 'Mod+Y'], IconArrowForwardUp),
  action('edit.history', 'History of changes', 'Edit', ['Mod+H'], IconHistory),
  action('edit.relabel', 'Change the label of the clip', 'Edit', ['Enter'], IconPencil),

  action('player.toggle', 'Play or pause', 'Sound', ['Space', 'K'], IconPlayerPlay),
  action('player.restart', 'Play from the start', 'Sound', ['Shift+Space'], IconPlayerSkipBack),
  action('player.back', 'Back a tenth', 'Sound', ['J', 'ArrowLeft'], IconPlayerTrackPrev),
  action('player.forward', 'Forward a tenth', 'Sound', ['L', 'ArrowRight'], IconPlayerTrackNext),
  action('player.autoplay', 'Play each clip as it is chosen', 'Sound', ['A'], IconRepeat),

  action('list.next', 'Next clip', 'Lists', ['ArrowDown'], IconArrowDown),
  action('list.previous', 'Previous clip', 'Lists', ['ArrowUp'], IconArrowUp),
  action('list.search', 'Search in the list', 'Lists', ['/', 'Mod+F'], IconSearch),
  action('list.clear', 'Clear search, filters or selection', 'Lists', ['Escape'], IconX),

  action('studio.zoomIn', 'Zoom in', 'Studio', ['+', '='], IconZoomIn, 'studio'),
  action('studio.zoomOut', 'Zoom out', 'Studio', ['-'], IconZoomOut, 'studio'),
  action('studio.fitClip', 'Show the whole clip', 'Studio', ['F'], IconArrowAutofitWidth, 'studio'),
  action('studio.fitSelection', 'Show the selection', 'Studio', ['Shift+F'], IconZoomScan, 'studio'),
  action('studio.zoomSamples', 'Show single samples', 'Studio', ['Shift+S'], IconChartDots, 'studio'),
  action('studio.pageBack', 'One page back', 'Studio', ['PageUp'], IconChevronsLeft, 'studio'),
  action('studio.pageForward', 'One page forward', 'Studio', ['PageDown'], IconChevronsRight, 'studio'),
  action('studio.toStart', 'Playhead to the start', 'Studio', ['Home'], IconArrowBarToLeft, 'studio'),
  action('studio.toEnd', 'Playhead to the end', 'Studio', ['End'], IconArrowBarToRight, 'studio'),
  action('studio.frequenciesIn', 'Zoom into frequencies', 'Studio', ['Alt+ArrowUp'], IconArrowsMinimize, 'studio'),
  action('studio.frequenciesOut', 'Zoom out of frequencies', 'Studio', ['Alt+ArrowDown'], IconArrowsMaximize, 'studio'),
  action('studio.louder', 'Magnify the waveform', 'Studio', ['Shift+ArrowUp'], IconArrowsVertical, 'studio'),
  action('studio.quieter', 'Flatten the waveform', 'Studio', ['Shift+ArrowDown'], IconFold, 'studio'),
  action('studio.tool', 'Select time or a box', 'Studio', ['T'], IconMarquee, 'studio'),
  action('studio.snap', 'Snap to zero crossings or borders', 'Studio', ['G'], IconMagnet, 'studio'),
  action('studio.loop', 'Repeat what is played', 'Studio', ['Shift+L'], IconRepeat, 'studio'),
  action('studio.bandOnly', 'Hear the selected band alone', 'Studio', ['Shift+B'], IconWaveSine, 'studio'),
  action('studio.slower', 'Play slower', 'Studio', ['['], IconRewindBackward5, 'studio'),
  action('studio.faster', 'Play faster', 'Studio', [']'], IconRewindForward5, 'studio'),
  action('studio.selectStart', 'Selection begins at the playhead', 'Studio', ['I'], IconBracketsContainStart, 'studio'),
  action('studio.selectEnd', 'Selection ends at the playhead', 'Studio', ['O'], IconBracketsContainEnd, 'studio'),
  action('studio.selectAll', 'Select all', 'Studio', ['Mod+A'], IconSelectAll, 'studio'),
  action(
    'studio.selectToStart',
    'Select from the start to the playhead',
    'Studio',
    ['Shift+Home'],
    IconArrowBarLeft,
    'studio',
  ),
  action(
    'studio.selectToEnd',
    'Select from the playhead to the end',
    'Studio',
    ['Shift+End'],
    IconArrowBarRight,
    'studio',
  ),
  action(
    'studio.borderBack',
    'Playhead to the border before',
    'Studio',
    ['Shift+ArrowLeft'],
    IconArrowLeftBar,
    'studio',
  ),
  action(
    'studio.borderForward',
    'Playhead to the next border',
    'Studio',
    ['Shift+ArrowRight'],
    IconArrowRightBar,
    'studio',
  ),
  action(
    'studio.addRegion',
    'Make a region of the selection',
    'Studio',
    ['Enter'],
    IconVectorBezier2,
    'studio',
    'edit.relabel',
  ),
  action('studio.nameRegion', 'Name the region', 'Studio', ['F2'], IconCursorText, 'studio'),
  action('studio.splitRegion', 'Split at the playhead', 'Studio', ['B'], IconSeparatorVertical, 'studio'),
  action('studio.deleteRegion', 'Delete the region', 'Studio', ['Shift+Delete'], IconTrash, 'studio'),
  action('studio.nextRegion', 'Next region', 'Studio', ['.'], IconChevronRight, 'studio'),
  action('studio.previousRegion', 'Region before', 'Studio', [','], IconChevronLeft, 'studio'),
  action('studio.savePng', 'Save the picture as PNG', 'Studio', [], IconPhoto, 'studio'),
  action('studio.saveSvg', 'Save the picture as SVG', 'Studio', [], IconFileTypeSvg, 'studio'),

  action('library.import', 'Import a folder', 'Library', ['Mod+I'], IconFolderPlus),
  action('library.compare', 'Compare on this dataset', 'Library', ['C'], IconChartHistogram, 'library'),

  action('studio.cut', 'Cut', 'Edit sound', ['Mod+X'], IconScissors, 'studio'),
  action('studio.copy', 'Copy', 'Edit sound', ['Mod+C'], IconCopy, 'studio'),
  action('studio.paste', 'Paste', 'Edit sound', ['Mod+V'], IconClipboardPlus, 'studio'),
  action('studio.delete', 'Delete', 'Edit sound', ['Delete'], IconTrash, 'studio'),
  action('studio.trim', 'Trim to the selection', 'Edit sound', ['Shift+T', 'Mod+T'], IconCrop, 'studio'),
  action('studio.silence', 'Silence', 'Edit sound', ['Mod+L'], IconVolumeOff, 'studio'),
  action('studio.insertSilence', 'Insert silence', 'Edit sound', ['Alt+I'], IconSpacingHorizontal, 'studio'),
  action('studio.gain', 'Gain', 'Edit sound', ['Alt+G'], IconVolume, 'studio'),
  action('studio.normalisePeak', 'Normalise the peak', 'Edit sound', ['Alt+N'], IconArrowBarToUp, 'studio'),
  action('studio.normaliseLoudness', 'Normalise the loudness', 'Edit sound', ['Alt+L'], IconEar, 'studio'),
  action('studio.fadeIn', 'Fade in', 'Edit sound', [], IconTrendingUp, 'studio'),
  action('studio.fadeOut', 'Fade out', 'Edit sound', [], IconTrendingDown, 'studio'),
  action('studio.removeDc', 'Remove DC', 'Edit sound', [], IconSeparator, 'studio'),
  action('studio.filter', 'Filter', 'Edit sound', ['Alt+Q'], IconFilter, 'studio'),
  action('studio.attenuateBox', 'Attenuate the box', 'Edit sound', ['Alt+B'], IconMarquee2, 'studio'),
  action('studio.takeProfile', 'Take the noise profile from the selection', 'Edit sound', [], IconViewfinder, 'studio'),
  action('studio.reduceNoise', 'Reduce noise', 'Edit sound', ['Alt+R'], IconEraser, 'studio'),
  action('studio.addNoise', 'Add noise', 'Edit sound', [], IconGrain, 'studio'),
  action('studio.reverse', 'Reverse', 'Edit sound', [], IconSwitchHorizontal, 'studio'),
  action('studio.stretch', 'Stretch in time', 'Edit sound', ['Alt+T'], IconArrowsHorizontal, 'studio'),
  action('studio.shiftPitch', 'Shift the pitch', 'Edit sound', ['Alt+P'], IconMusicUp, 'studio'),
  action('studio.resample', 'Resample', 'Edit sound', [], IconWaveSine, 'studio'),
  action('studio.mono', 'Mix to mono', 'Edit sound', [], IconArrowMerge, 'studio'),
  action('studio.before', 'Hear and see the sound before or after the edit', 'Edit sound', ['V'], IconEarOff, 'studio'),
  action('studio.splitClip', 'Split into clips', 'Edit sound', ['Alt+S'], IconSlice, 'studio'),
  action('studio.exportSound', 'Export sound', 'Edit sound', ['Mod+Shift+E'], IconFileExport, 'studio'),
  action('studio.editMany', 'Edit many clips', 'Edit sound', ['Alt+M'], IconStack2, 'studio'),
  action(
    'studio.record',
    'Start or stop recording',
    'Recording',
    ['Space'],
    IconPlayerRecord,
    'studio',
    'player.toggle',
  ),
  action('studio.cancelTake', 'Throw the take away', 'Recording', ['Escape'], IconX, 'studio', 'list.clear'),
  action('studio.playTake', 'Play the last take', 'Recording', ['P'], IconPlayerPlay, 'studio'),
  action('studio.redoTake', 'Record the last take again', 'Recording', ['Backspace'], IconRefresh, 'studio'),
  action('studio.skipTake', 'Skip this word', 'Recording', ['N'], IconPlayerSkipForward, 'studio'),
  ...DIGITS.map((digit) =>
    action(`queue.class${digit}`, `Give the class on key ${digit}`, 'Queue', [digit], IconTag, 'queue'),
  ),
  action('queue.next', 'Done, next clip', 'Queue', ['Enter'], IconCheck, 'queue', 'edit.relabel'),
  action('queue.back', 'Back to the clip before', 'Queue', ['Backspace'], IconArrowLeft, 'queue'),
  action('queue.skip', 'Skip the clip', 'Queue', ['S'], IconPlayerSkipForward, 'queue'),
  action('queue.repeat', 'Hear it again', 'Queue', ['R'], IconRepeat, 'queue'),
  action('queue.newClass', 'New class', 'Queue', ['N'], IconTagPlus, 'queue'),
  action('queue.page', 'Next page of classes', 'Queue', ['.'], IconDots, 'queue'),
  action('queue.reject', 'Reject the clip, next', 'Queue', ['X'], IconBan, 'queue'),
  action('queue.check', 'Checked, next clip', 'Queue', ['C'], IconChecks, 'queue'),
  action('queue.note', 'Write a note', 'Queue', ['M'], IconNote, 'queue'),

  action(
    'suspects.accept',
    'Accept the likely label',
    'Suspects',
    ['Y', 'Enter'],
    IconCheck,
    'suspects',
    'edit.relabel',
  ),
  action('suspects.refuse', 'The label is right', 'Suspects', ['N'], IconX, 'suspects'),
  action('suspects.undo', 'Take the verdict back', 'Suspects', ['U'], IconArrowBackUp, 'suspects'),
  action('suspects.repeat', 'Hear it again', 'Suspects', ['R'], IconRepeat, 'suspects'),

  action('compare.start', 'Start the comparison', 'Compare', ['Mod+Enter'], IconPlayerPlay, 'compare'),
  action('compare.pause', 'Pause or resume training', 'Compare', ['P'], IconPlayerPause, 'compare'),
  action('compare.stop', 'Stop training and test the best so far', 'Compare', ['S'], IconPlayerStop, 'compare'),
  action('compare.values', 'Counts or row per cent', 'Compare', ['N'], IconPercentage, 'compare'),
  action('compare.order', 'Sort by class or by confusion', 'Compare', ['O'], IconArrowsSort, 'compare'),
  action('compare.mistakes', 'List all mistakes', 'Compare', ['M'], IconList, 'compare'),
  action('compare.export', 'Export a report', 'Compare', ['E'], IconFileExport, 'compare'),

  action('ablation.start', 'Start the ablation', 'Experiments', ['Mod+Enter'], IconPlayerPlay, 'experiments'),
  action('ablation.pause', 'Pause or resume the ablation', 'Experiments', ['P'], IconPlayerPause, 'experiments'),
  action('ablation.stop', 'Stop the ablation', 'Experiments', ['S'], IconPlayerStop, 'experiments'),

  action('steps.next', 'Next step', 'Step by step', ['ArrowRight'], IconChevronRight, 'steps', 'player.forward'),
  action('steps.previous', 'Step before', 'Step by step', ['ArrowLeft'], IconChevronLeft, 'steps', 'player.back'),
  action('steps.first', 'First step', 'Step by step', ['Home'], IconArrowBarToLeft, 'steps'),
  action('steps.last', 'Last step', 'Step by step', ['End'], IconArrowBarToRight, 'steps'),

  action('overlay.menu', 'Choose overlays', 'Studio', ['Shift+O'], IconStack2, 'studio'),
  action('overlay.f0', 'Pitch (F0) over the spectrogram', 'Studio', ['Shift+P'], IconWaveSine, 'studio'),
  action('overlay.formants', 'Formants over the spectrogram', 'Studio', ['Shift+R'], IconChartDots, 'studio'),
  action('overlay.energy', 'Energy over the waveform', 'Studio', ['Shift+E'], IconChartLine, 'studio'),
  action('overlay.zeroCrossings', 'Zero crossings over the waveform', 'Studio', ['Shift+Z'], IconArrowsCross, 'studio'),
  action('overlay.mel', 'Mel bands under the spectrogram', 'Studio', ['Shift+M'], IconStack3, 'studio'),
  action('overlay.mfcc', 'MFCC under the spectrogram', 'Studio', ['Shift+C'], IconGridDots, 'studio'),
  action('overlay.table', 'Values of the overlays', 'Studio', ['Shift+V'], IconTable, 'studio'),

  action('view.palette', 'Find an action', 'View', ['Mod+K'], IconCommand),
  action('view.scheme', 'Switch between dark and light', 'View', ['Mod+Shift+L'], IconMoonStars),
  action('view.rail', 'Narrow or widen the rail', 'View', ['Mod+B'], IconLayoutSidebarLeftCollapse),

  action('help.keys', 'List of keys', 'Help', ['?'], IconKeyboard),
] as const satisfies readonly Action[];

export type ActionId = (typeof ACTIONS)[number]['id'];

const byId = new Map<string, Action>(ACTIONS.map((entry) => [entry.id, entry]));
export const actionOf = (id: ActionId): Action => byId.get(id)!;

function action<const Id extends string>(
  id: Id,
  title: string,
  group: Action['group'],
  keys: readonly string[],
  icon: Icon,
  scope: Scope = 'everywhere',
  before?: string,
): Action & { id: Id } {
  return { id, title, group, keys, icon, scope, before };
}

/** Two actions that one key press could mean, for the test of the table and for the settings. */
export function clashes(bound: (id: ActionId) => readonly string[]): { chord: string; ids: [ActionId, ActionId] }[] {
  const found: { chord: string; ids: [ActionId, ActionId] }[] = [];
  ACTIONS.forEach((a, i) => {
    for (const b of ACTIONS.slice(i + 1)) {
      const apart = (a.scope as Scope) !== 'everywhere' && (b.scope as Scope) !== 'everywhere' && a.scope !== b.scope;
      if (apart || a.before === b.id || b.before === a.id) continue;
      for (const chord of bound(a.id)) if (bound(b.id).includes(chord)) found.push({ chord, ids: [a.id, b.id] });
    }
  });
  return found;
}
