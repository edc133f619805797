using System.Net.Http.Json;
using System.Security.Claims;
using System.Text;
using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Decant.Server.Tests.Accounts;

/// <summary>
/// Streams of events that are open, on every node, when the credential they were asked for with is good no more. They have
/// no heartbeats here: what ends them is the news of it.
/// </summary>
public abstract class OpenStreamTests(IReadOnlyList<DecantServer> nodes)
{
    private readonly DecantServer _node = nodes[0];

    [Fact]
    public async Task A_revoked_key_ends_its_streams_and_no_others()
    {
        var ada = await Person.RegisterAsync(_node);
        var (_, key) = await ada.KeyAsync("media:read");
        var (_, other) = await ada.KeyAsync("media:read");
        var job = await ada.Http.StartAsync(new { url = _node.Origin("paced/10000/0/media/small.mp4?revoked") });
        await using var revoked = await OpenAsync(at => at.WithKey(key.Text("key")), job);
        await using var good = await OpenAsync(at => at.WithKey(other.Text("key")), job);

        await (await ada.Http.DeleteAsync($"{Person.Auth}/api-keys/{key.Number("id")}")).ReadOkAsync();

        await revoked.AssertEndAsync(403, "key_revoked");
        await (await ada.Http.PutAsJsonAsync($"{JobFlow.Jobs}/{job}", new { title = "Still" })).ReadOkAsync();
        await good.AssertSeeAsync("Still");
        await (await ada.Http.DeleteAsync($"{JobFlow.Jobs}/{job}")).ReadOkAsync();
    }

    [Fact]
    public async Task Signing_out_ends_the_streams_of_that_session_alone()
    {
        var ada = await Person.RegisterAsync(_node);
        var elsewhere = await ada.SignInAsync(_node.Public);
        var job = await ada.Http.StartAsync(new { url = _node.Origin("paced/10000/0/media/small.mp4?signed-out") });
        await using var ended = await OpenAsync(at => at.WithToken(ada.AccessToken), job);
        await using var good = await OpenAsync(at => at.WithToken(elsewhere.AccessToken), job);

        await (await ada.Http.PostAsync($"{Person.Auth}/logout", null)).ReadOkAsync();

        await ended.AssertEndAsync(401, "unauthenticated");
        await (await elsewhere.Http.PutAsJsonAsync($"{JobFlow.Jobs}/{job}", new { title = "Still" })).ReadOkAsync();
        await good.AssertSeeAsync("Still");
        await (await elsewhere.Http.DeleteAsync($"{JobFlow.Jobs}/{job}")).ReadOkAsync();
    }

    [Fact]
    public async Task A_refresh_token_that_comes_twice_ends_the_streams_of_its_session()
    {
        var ada = await Person.RegisterAsync(_node);
        await using var streams = await OpenAsync(at => at.WithToken(ada.AccessToken));
        await (await _node.Public.RefreshAsync(ada.RefreshToken)).ReadOkAsync();

        await (await _node.Public.RefreshAsync(ada.RefreshToken)).ReadProblemAsync(401, "unauthenticated");

        await streams.AssertEndAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task Another_password_ends_the_streams_of_every_session_and_leaves_those_of_keys()
    {
        var ada = await Person.RegisterAsync(_node);
        var elsewhere = await ada.SignInAsync(_node.Public);
        var (_, key) = await ada.KeyAsync("media:read");
        var job = await ada.Http.StartAsync(new { url = _node.Origin("paced/10000/0/media/small.mp4?password") });
        await using var own = await OpenAsync(at => at.WithToken(ada.AccessToken));
        await using var others = await OpenAsync(at => at.WithToken(elsewhere.AccessToken));
        await using var keys = await OpenAsync(at => at.WithKey(key.Text("key")));

        var tokens = await (
            await ada.Http.PostAsJsonAsync(
                $"{Person.Auth}/change-password",
                new { current_password = ada.Password, new_password = "another river otter" }
            )
        ).ReadOkAsync();

        await own.AssertEndAsync(401, "unauthenticated");
        await others.AssertEndAsync(401, "unauthenticated");
        using var again = _node.Public.BaseAddress!.WithToken(tokens.Text("access_token"));
        await (await again.PutAsJsonAsync($"{JobFlow.Jobs}/{job}", new { title = "Still" })).ReadOkAsync();
        await keys.AssertSeeAsync("Still");
        await (await again.DeleteAsync($"{JobFlow.Jobs}/{job}")).ReadOkAsync();
    }

    [Fact]
    public async Task A_disabled_account_sees_nothing_more()
    {
        var ada = await Person.RegisterAsync(_node);
        var (_, key) = await ada.KeyAsync("media:read");
        await using var tokens = await OpenAsync(at => at.WithToken(ada.AccessToken));
        await using var keys = await OpenAsync(at => at.WithKey(key.Text("key")));

        await (await _node.PostAsync($"{Person.Admin}/users/{ada.Id}/disable", new { })).ReadOkAsync();

        await tokens.AssertEndAsync(403, "forbidden");
        await keys.AssertEndAsync(403, "key_revoked");
    }

    [Fact]
    public async Task A_key_and_a_token_that_expire_take_their_streams_with_them()
    {
        var ada = await Person.RegisterAsync(_node);
        var (_, key) = await ada.KeyAsync("media:read");
        // Later than all streams are open, and before those who watch them lose patience.
        var soon =
            TimeProvider.System.GetUtcNow() + new[] { Quiet.Bound(TimeSpan.FromSeconds(3)), Quiet.Patience / 2 }.Min();
        await ExpireAsync(key.Number("id"), soon);
        await using var keys = await OpenAsync(at => at.WithKey(key.Text("key")));
        await using var tokens = await OpenAsync(at => at.WithToken(Until(soon, ada.AccessToken)));

        await keys.AssertEndAsync(403, "key_revoked");
        await tokens.AssertEndAsync(401, "unauthenticated");
    }

    private Task<Streams> OpenAsync(Func<Uri, HttpClient> asWhom, long? job = null) =>
        Streams.OpenAsync(nodes.Select(node => asWhom(node.Public.BaseAddress!)), job);

    private async Task ExpireAsync(long key, DateTimeOffset until)
    {
        await using var db = await _node.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync();
        await db
            .ApiKeys.Where(one => one.Id == key)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.ExpiresAt, until));
    }

    /// <summary>The same token with an earlier end.</summary>
    private static string Until(DateTimeOffset end, string token)
    {
        string[] kept = ["sub", "sid", "stamp"];
        var known = new JsonWebToken(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = known.Issuer,
                Audience = known.Audiences.Single(),
                Expires = end.UtcDateTime,
                Subject = new ClaimsIdentity(known.Claims.Where(claim => kept.Contains(claim.Type))),
                SigningCredentials = new SigningCredentials(
                    new SymmetricSecurityKey(Encoding.UTF8.GetBytes(NodesOn<Sqlite>.SigningKey)),
                    SecurityAlgorithms.HmacSha256
                ),
            }
        );
    }

    /// <summary>Streams of one credential, on each node those of all jobs, on both paths, and of one job.</summary>
    private sealed class Streams : IAsyncDisposable
    {
        private readonly List<HttpClient> _clients = [];
        private readonly List<Watching> _all = [];

        public static async Task<Streams> OpenAsync(IEnumerable<HttpClient> clients, long? job)
        {
            var streams = new Streams();
            string[] paths = ["/api/v1/video/events", Watching.Events, .. Of(job)];
            foreach (var client in clients)
            {
                streams._clients.Add(client);
                foreach (var path in paths)
                {
                    var watching = await Watching.StartAsync(client, path);
                    streams._all.Add(watching);
                    // The first event, after which it waits for news.
                    await watching.NextAsync();
                }
            }

            return streams;
        }

        /// <summary>Each says why, and who comes back is told the same.</summary>
        public async Task AssertEndAsync(int status, string code)
        {
            foreach (var watching in _all)
            {
                Assert.Equal(code, await watching.LastAsync());
            }

            foreach (var client in _clients)
            {
                await (await client.GetAsync(Watching.Events)).ReadProblemAsync(status, code);
            }
        }

        public async Task AssertSeeAsync(string title)
        {
            foreach (var watching in _all)
            {
                await watching.WhenAsync(job => job.Text("title") == title);
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var watching in _all)
            {
                await watching.DisposeAsync();
            }
        }

        private static string[] Of(long? job) => job is { } id ? [$"{JobFlow.Jobs}/{id}/events"] : [];
    }
}

public sealed class OpenStreamsOnSqlite(NodesOn<Sqlite> on) : OpenStreamTests(on.All), IClassFixture<NodesOn<Sqlite>>;

public sealed class OpenStreamsOnPostgres(NodesOn<Postgres> on)
    : OpenStreamTests(on.All),
        IClassFixture<NodesOn<Postgres>>;
