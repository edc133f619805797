using Decant.Server.Data;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Decant.Server.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Webhooks;

public abstract class DispatchTests<TDatabase>
    where TDatabase : ITestDatabase
{
    [Fact]
    public async Task One_receiver_that_never_answers_keeps_no_other_waiting()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>([.. Hooks.Quick, "Webhooks:MaxAtOnce=8"]);
        await using var dead = await Receiver.StartAsync(server.Lab);
        await using var alive = await Receiver.StartAsync(server.Lab);
        dead.Answer = (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted);
        var deadId = (await server.Http.AddEndpointAsync(dead.Url)).Number("id");
        await WriteAsync(server, deadId, 50, due: TimeSpan.FromMinutes(-1));
        await dead.NextAsync();
        var aliveId = (await server.Http.AddEndpointAsync(alive.Url)).Number("id");

        await WriteAsync(server, aliveId, 20, due: TimeSpan.Zero);

        for (var index = 0; index < 20; index++)
        {
            await alive.NextAsync();
        }

        // No more at once than are allowed to one receiver.
        Assert.InRange(dead.Count, 1, 4);
    }

    [Fact]
    public async Task A_receiver_that_takes_nothing_for_too_long_is_switched_off_with_a_note()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>([
            .. Hooks.Quick,
            "Webhooks:DisableAfter=00:00:00.001",
        ]);
        await using var receiver = await Receiver.StartAsync(server.Lab);
        receiver.Answer = (context, _) =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        var id = (await server.Http.AddEndpointAsync(receiver.Url)).Number("id");
        await WriteAsync(server, id, 1, due: TimeSpan.Zero);
        await server.Http.DeliveryWhenAsync(id, one => one.Number("attempt_count") == 2);

        var endpoint = await server.Http.EndpointAsync(id);

        Assert.False((bool)endpoint["enabled"]!);
        Assert.Contains("took nothing", endpoint.Text("disabled_reason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_killed_server_had_sent_and_not_written_down_is_sent_again_under_the_same_event_id()
    {
        await using var server = await DecantServer.PrepareAsync<TDatabase>([
            .. Hooks.Quick,
            "Webhooks:Timeout=00:00:01",
        ]);
        await using var receiver = await Receiver.StartAsync(server.Lab);
        receiver.Answer = (context, number) =>
            number == 1 ? Task.Delay(Timeout.Infinite, context.RequestAborted) : Task.CompletedTask;
        string first;
        long endpoint;
        using (var process = await ServerProcess.StartAsync(server.Arguments))
        {
            endpoint = (await process.Http.AddEndpointAsync(receiver.Url)).Number("id");
            var job = await process.Http.StartAsync(
                new { url = server.Origin("media/small.mp4?killed"), format = "m4a" }
            );
            first = (await receiver.NextAsync()).EventId;
            await process.KillAsync();
        }

        await server.StartAsync();

        Assert.Equal(first, (await receiver.NextAsync()).EventId);
        await server.Http.DeliveryWhenAsync(endpoint, one => one.Text("status") == "delivered");
    }

    [Fact]
    public async Task A_server_that_stops_gives_back_what_it_was_sending()
    {
        await using var server = await DecantServer.StartAsync<TDatabase>(Hooks.Quick);
        await using var receiver = await Receiver.StartAsync(server.Lab);
        receiver.Answer = (context, number) =>
            number == 1 ? Task.Delay(Timeout.Infinite, context.RequestAborted) : Task.CompletedTask;
        var endpoint = (await server.Http.AddEndpointAsync(receiver.Url)).Number("id");
        await WriteAsync(server, endpoint, 1, due: TimeSpan.Zero);
        var first = await receiver.NextAsync();

        await server.RestartAsync();

        Assert.Equal(first.EventId, (await receiver.NextAsync()).EventId);
        var delivery = await server.Http.DeliveryWhenAsync(endpoint, one => one.Text("status") == "delivered");
        Assert.Equal(1, delivery.Number("attempt_count"));
    }

    /// <summary>Deliveries as the end of a job writes them.</summary>
    internal static async Task WriteAsync(DecantServer server, long endpointId, int count, TimeSpan due)
    {
        await using var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        var endpoint = await db.WebhookEndpoints.SingleAsync(one => one.Id == endpointId);
        var now = TimeProvider.System.GetUtcNow();
        for (var index = 0; index < count; index++)
        {
            db.WebhookDeliveries.Add(
                new WebhookDelivery
                {
                    AccountId = endpoint.AccountId,
                    EndpointId = endpointId,
                    Lane = endpoint.Lane,
                    EventId = Guid.CreateVersion7(),
                    EventType = "job.completed",
                    Body = $$"""{"index": {{index}}}""",
                    CreatedAt = now,
                    NextAttemptAt = now + due,
                }
            );
        }

        await db.InWriteTransactionAsync(token => db.SaveChangesAsync(token), CancellationToken.None);
    }
}

public sealed class DispatchOnSqlite : DispatchTests<Sqlite>;

public sealed class DispatchOnPostgres : DispatchTests<Postgres>
{
    [Fact]
    public async Task Two_nodes_send_each_attempt_once()
    {
        var database = await Postgres.CreateAsync();
        string[] settings = [.. Hooks.Quick, $"ConnectionStrings:Decant={database}"];
        await using var one = await DecantServer.StartAsync<Sqlite>(settings);
        await using var other = await DecantServer.StartAsync<Sqlite>(settings);
        await using var receiver = await Receiver.StartAsync(one.Lab);
        var endpoint = (await one.Http.AddEndpointAsync(receiver.Url)).Number("id");

        await WriteAsync(one, endpoint, 100, due: TimeSpan.Zero);

        var told = new HashSet<string>();
        for (var index = 0; index < 100; index++)
        {
            // The secret was made on one node and is read by both.
            Assert.True(told.Add((await receiver.NextAsync()).EventId));
        }

        await using var db = await other.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await db.WebhookDeliveries.AnyAsync(delivery => delivery.Status != DeliveryStatus.Delivered))
        {
            await timer.WaitForNextTickAsync();
        }

        Assert.Equal(100, receiver.Count);
    }
}
