export interface Track {
  title: string;
  artist: string;
}

export interface Playlist {
  owner: string;
  name: string;
  tracks: Track[];
}

// @klotho::persist { id = "playlist-store" }
const playlists = new Map<string, Playlist>();

function key(owner: string, name: string): string {
  return `${owner}/${name}`;
}

export async function load(owner: string, name: string): Promise<Playlist | undefined> {
  const found = await playlists.get(key(owner, name));
  return found;
}

export async function save(playlist: Playlist): Promise<void> {
  await playlists.set(key(playlist.owner, playlist.name), playlist);
}

export async function remove(owner: string, name: string): Promise<void> {
  await playlists.delete(key(owner, name));
}
