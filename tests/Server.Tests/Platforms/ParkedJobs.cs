using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Platforms.Circuits;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Platforms;

/// <summary>Accepted jobs whose platform changes its mind before they run.</summary>
internal static class ParkedJobs
{
    /// <summary>A job that keeps a worker until it is cancelled.</summary>
    public static async Task<long> KeepBusyAsync(this DecantServer server, string name)
    {
        var busy = await server.StartAsync(new { url = server.Origin($"paced/10000/0/media/small.mp4?busy-{name}") });
        await server.WhenAsync(busy, job => job.Text("stage") == "downloading");
        return busy;
    }

    public static async Task CancelAsync(this DecantServer server, long id) =>
        await (await server.Http.PostAsync($"{JobFlow.Jobs}/{id}/cancel", null)).ReadOkAsync();

    /// <summary>As if the same page were answered otherwise now.</summary>
    public static async Task TurnIntoAsync(this DecantServer server, long id, string url)
    {
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        await db.Jobs.Where(job => job.Id == id).ExecuteUpdateAsync(set => set.SetProperty(job => job.Url, url));
    }

    /// <summary>A job that was accepted for a page that answered, and meets another that refuses when it runs. The server has one worker.</summary>
    public static async Task<long> StartRefusedAsync(this DecantServer server, string accepted, string refused)
    {
        var busy = await server.KeepBusyAsync("before");
        var id = await server.StartAsync(new { url = accepted, audio_only = true });
        await server.TurnIntoAsync(id, refused);
        await server.CancelAsync(busy);
        await server.WhenAsync(id, job => job.Text("stage") == "parked");
        return id;
    }

    /// <summary>As if the pause of every open circuit were over.</summary>
    public static async Task ElapseAsync(this DecantServer server)
    {
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var past = TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(1);
        await db
            .PlatformCircuits.Where(one => one.OpenUntil != null)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.OpenUntil, past));
    }
}
