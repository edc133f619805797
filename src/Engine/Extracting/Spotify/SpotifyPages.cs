namespace Decant.Engine.Extracting.Spotify;

/// <summary>Spotify's public pages: no account, no key.</summary>
internal sealed class SpotifyPages(SpotifyReader reader)
{
    /// <exception cref="Errors.MediaException">With the code that says why nothing can be had.</exception>
    public async Task<SpotifyRecording> RecordingAsync(SpotifyAddress address, CancellationToken cancellationToken)
    {
        // The page names the album, which the player does not; the player has exact lengths, and episodes.
        if (
            address.Kind == SpotifyKind.Track
            && new SpotifyPage(await reader.ReadAsync(address.Page, cancellationToken)).Recording(address) is { } told
        )
        {
            return told;
        }

        return new SpotifyEmbed(address, await reader.ReadAsync(address.Embed, cancellationToken)).Recording();
    }

    /// <inheritdoc cref="RecordingAsync"/>
    public async Task<SpotifyList> ListAsync(SpotifyAddress address, int most, CancellationToken cancellationToken)
    {
        var list = new SpotifyEmbed(address, await reader.ReadAsync(address.Embed, cancellationToken)).List(most);
        if (list.Count < SpotifyEmbed.MostEntries)
        {
            return list;
        }

        // The player ends here, the list perhaps not.
        var page = new SpotifyPage(await reader.ReadAsync(address.Page, cancellationToken));
        return list with { Count = Math.Max(list.Count, page.SongCount ?? 0) };
    }
}
