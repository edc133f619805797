using Decant.Engine.Errors;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Look-ups for commands of the same user on this machine.</summary>
internal sealed partial class Extractor
{
    private LookUpLending? _lending;

    /// <summary>Begins to do them, where the options name a socket; to be called once.</summary>
    public void Lend()
    {
        if (options.LookUpSocket is { } path && !options.IsForOne)
        {
            _lending = LookUpLending.TryStart(path, LookUpSocket.SettingsOf(options), AnswerAsync, time, logger);
        }
    }

    /// <returns>Null where the command finds out by itself what is wrong.</returns>
    private async Task<WorkerReply?> AnswerAsync(LentRequest request, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(request.Url, UriKind.Absolute, out var url))
        {
            return null;
        }

        try
        {
            await gate.EnsureAllowedAsync(url, cancellationToken);
            return await AskAsync(
                proxy => new InspectRequest(
                    request.Url,
                    proxy,
                    options.InspectTimeout.TotalSeconds,
                    request.MaxEntries,
                    ChildMemory
                )
                {
                    FromStart = request.FromStart,
                    Entry = request.Entry,
                },
                url,
                cancellationToken
            );
        }
        catch (Exception failure) when (failure is MediaException or WorkerLostException)
        {
            return null;
        }
    }
}
