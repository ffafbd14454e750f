// Starting the course: asks where its folder should be and which path the learner takes, brings the folder up to date,
// and says what was kept. What may be written is decided in src/course/courseFolder.ts.

import * as vscode from 'vscode';
import { MANIFEST } from '../course/courseFolder.ts';
import { asFault, Fault } from '../shared/errors.ts';
import { type CourseFolder, diskOf } from './courseFolder.ts';
import { COURSE_NAME, isCourse } from './courseFound.ts';
import { choosePath } from './coursePathPick.ts';
import type { CoursePreferences } from './coursePreferences.ts';
import type { CourseSource } from './courseSource.ts';
import { type CourseOutcome, updateCourse } from './courseWrites.ts';
import type { ExerciseDocuments } from './exerciseDocuments.ts';
import { showFault } from './faults.ts';
import type { HostServices } from './services.ts';

export interface CourseStartParts {
  readonly services: HostServices;
  readonly folder: CourseFolder;
  readonly source: CourseSource;
  readonly documents: ExerciseDocuments;
  readonly preferences: CoursePreferences;
  /** Told when the folder has been brought up to date. */
  readonly started: () => Promise<void>;
  readonly hash: (text: string) => string;
}

/** Where the learner wants the folder. */
interface Place extends vscode.QuickPickItem {
  /** Undefined: another one is chosen. */
  readonly uri?: vscode.Uri;
}

export class CourseStart {
  private readonly parts: CourseStartParts;

  constructor(parts: CourseStartParts) {
    this.parts = parts;
  }

  /**
   * @param given the folder, so that nothing is asked
   * @returns whether there is a course folder now
   */
  async start(given?: vscode.Uri): Promise<boolean> {
    const { folder, services } = this.parts;
    await folder.find();
    const place = given ?? (await this.ask());
    if (place === undefined) {
      return false;
    }
    if (given === undefined && !this.parts.preferences.chosen) {
      await choosePath(this.parts.preferences);
    }
    await this.bringUpToDate(place);
    services.log.info(`The course folder is ${place.toString(true)}.`);
    if (!folder.inWorkspace) {
      this.offerToOpen(place);
    }
    return true;
  }

  /** Renews the folder where another version of the extension wrote it. */
  async renew(version: string | undefined): Promise<void> {
    const { folder } = this.parts;
    if (folder.uri !== undefined && version !== this.version) {
      await this.bringUpToDate(folder.uri);
    }
  }

  /** Writes deleted files again. @param paths in the folder */
  async restore(paths: readonly string[]): Promise<void> {
    const { folder } = this.parts;
    if (folder.uri !== undefined && paths.length > 0) {
      await this.bringUpToDate(folder.uri, new Set(paths));
    }
  }

  private get version(): string {
    return String(this.parts.services.context.extension.packageJSON.version);
  }

  private async ask(): Promise<vscode.Uri | undefined> {
    const { folder } = this.parts;
    const places: Place[] = [];
    if (folder.uri !== undefined) {
      places.push({
        label: vscode.l10n.t('$(folder-active) Go on in your course folder'),
        description: shown(folder.uri),
        uri: folder.uri,
      });
    }
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
      const into = (await isEmpty(uri)) ? uri : vscode.Uri.joinPath(uri, COURSE_NAME);
      if (into.toString() !== folder.uri?.toString()) {
        places.push({
          label: vscode.l10n.t('$(root-folder) In the open folder'),
          description: shown(into),
          detail: vscode.l10n.t('Nothing that is there is changed.'),
          uri: into,
        });
      }
    }
    places.push({
      label: vscode.l10n.t('$(folder-opened) Choose a folder…'),
      detail: vscode.l10n.t('A new one, or one in which you began the course before.'),
    });
    const { lost } = folder;
    const picked = await vscode.window.showQuickPick(places, {
      title: vscode.l10n.t('Where should your exercises be?'),
      placeHolder:
        lost === undefined
          ? vscode.l10n.t('A folder of TypeScript files that are yours. Nothing is ever written over.')
          : vscode.l10n.t('Your course folder {0} is not there any more.', shown(lost)),
    });
    return picked?.uri ?? (picked === undefined ? undefined : this.browse());
  }

  private async browse(): Promise<vscode.Uri | undefined> {
    const [chosen] =
      (await vscode.window.showOpenDialog({
        canSelectFiles: false,
        canSelectFolders: true,
        openLabel: vscode.l10n.t('Start the Course Here'),
      })) ?? [];
    if (chosen === undefined) {
      return undefined;
    }
    for (const place of [chosen, vscode.Uri.joinPath(chosen, COURSE_NAME)]) {
      if (await isCourse(place)) {
        return place;
      }
    }
    return (await isEmpty(chosen)) ? chosen : vscode.Uri.joinPath(chosen, COURSE_NAME);
  }

  private async bringUpToDate(place: vscode.Uri, restore: ReadonlySet<string> = new Set()): Promise<void> {
    const { folder, source, started, hash } = this.parts;
    const files = await source.contents();
    const update = () => updateCourse({ disk: diskOf(place), files, version: this.version, hash, restore });
    let outcome: CourseOutcome;
    try {
      outcome = await update();
    } catch (error) {
      if (!(await this.mended(place, error))) {
        throw error;
      }
      outcome = await update();
    }
    await folder.use(place);
    await started();
    this.tell(outcome);
  }

  /** A manifest that can't be read is put aside, if the learner wants it. @returns whether it was */
  private async mended(place: vscode.Uri, error: unknown): Promise<boolean> {
    const { code, where, message, remedy } = asFault(error);
    if (code !== 'bad-input' || where !== MANIFEST || remedy?.startsWith('Update') === true) {
      return false;
    }
    const again = vscode.l10n.t('Make It Again');
    const answer = await vscode.window.showWarningMessage(
      message,
      {
        modal: true,
        detail: vscode.l10n.t(
          'Your files are kept as they are. The damaged one is kept beside it, for you to look at.',
        ),
      },
      again,
    );
    if (answer !== again) {
      throw new Fault('cancelled', message);
    }
    const manifest = vscode.Uri.joinPath(place, ...MANIFEST.split('/'));
    const aside = manifest.with({
      path: manifest.path.replace(/\.json$/, `.${crypto.randomUUID().slice(0, 8)}.damaged`),
    });
    await vscode.workspace.fs.rename(manifest, aside, { overwrite: false });
    return true;
  }

  private tell({ offered, foreign }: CourseOutcome): void {
    const { services, documents } = this.parts;
    if (foreign.length > 0) {
      const [first, ...more] = foreign;
      void vscode.window.showWarningMessage(
        more.length === 0
          ? vscode.l10n.t('{0} was there already and is kept as it is.', first as string)
          : vscode.l10n.t(
              '{0} and {1} more were there already and are kept as they are.',
              first as string,
              more.length,
            ),
      );
      services.log.info(`Kept as they were: ${foreign.join(', ')}`);
    }
    if (offered.size > 0) {
      const look = vscode.l10n.t('Look at the Changes');
      const answer = vscode.window.showInformationMessage(
        vscode.l10n.t('The course has new versions of {0} files that you have changed. Yours are kept.', offered.size),
        look,
      );
      // Not waited for: the message may stay for long.
      void answer
        .then(async (chosen) => {
          if (chosen === look) {
            await this.showOffered([...offered.keys()], documents);
          }
        })
        .then(undefined, (error) => void showFault(services, error));
    }
  }

  private async showOffered(paths: readonly string[], documents: ExerciseDocuments): Promise<void> {
    const path =
      paths.length === 1
        ? paths[0]
        : await vscode.window.showQuickPick(paths, { placeHolder: vscode.l10n.t('Which file?') });
    if (path !== undefined) {
      await documents.compareWithCourse(path);
    }
  }

  private offerToOpen(place: vscode.Uri): void {
    const open = vscode.l10n.t('Open the Folder');
    const beside = vscode.l10n.t('Add It to This Window');
    const answer = vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Your course folder is {0}. It works from here; opened as a folder, its files stand in the Explorer too.',
        shown(place),
      ),
      open,
      ...(vscode.workspace.workspaceFolders === undefined ? [] : [beside]),
    );
    // Not waited for: the message may stay for long.
    const act = (chosen: string | undefined) => {
      if (chosen === open) {
        return vscode.commands.executeCommand('vscode.openFolder', place, { forceNewWindow: false });
      }
      if (chosen === beside) {
        vscode.workspace.updateWorkspaceFolders(vscode.workspace.workspaceFolders?.length ?? 0, 0, { uri: place });
      }
      return undefined;
    };
    void answer.then(act).then(undefined, (error) => void showFault(this.parts.services, error));
  }
}

function shown(uri: vscode.Uri): string {
  return uri.scheme === 'file' ? uri.fsPath : uri.toString(true);
}

async function isEmpty(folder: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.readDirectory(folder).then(
    (entries) => entries.length === 0,
    () => true, // it isn't there yet
  );
}
