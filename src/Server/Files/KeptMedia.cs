using Decant.Engine;
using Decant.Server.Background;
using Decant.Server.Data;
using Decant.Server.Jobs;

namespace Decant.Server.Files;

/// <summary>Keeps the engine's cache of media small on an idle server, too, and clears it on all nodes of media whose jobs are deleted.</summary>
internal sealed class KeptMedia(MediaEngine engine, LoopServices services)
    : PeriodicLoop(Every, services),
        INodeListener
{
    /// <summary>Characters of a message: it may have 8,000 bytes, of which a character takes up to four.</summary>
    private const int MostAtOnce = 1900;

    private const char Between = '\n';

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    public string Place => "decant_kept";

    /// <summary>Has every node remove what it keeps of the jobs' media, once the write transaction that deletes them is committed.</summary>
    public async Task ForgetAsync(DecantDb db, IEnumerable<Job> jobs, CancellationToken cancellationToken)
    {
        var media = jobs.Where(job => job.VideoId is { Length: < MostAtOnce / 2 })
            .Select(job => $"{job.Platform}{Between}{job.VideoId}")
            .Distinct();
        foreach (var medium in media)
        {
            await db.TellNodesAsync(Place, medium, cancellationToken);
        }
    }

    public void Hear(string message)
    {
        if (message.Split(Between, 2) is [var platform, var id])
        {
            engine.ForgetKept(platform, id);
        }
    }

    /// <summary>The cache lives an hour; what was missed goes then.</summary>
    public void MissSome() { }

    public override Task RunAsync(CancellationToken cancellationToken)
    {
        engine.TidyKept();
        return Task.CompletedTask;
    }
}
