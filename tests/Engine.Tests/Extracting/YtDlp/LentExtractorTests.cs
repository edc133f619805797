using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Extracting.YtDlp;
using Decant.Engine.Sources;
using Decant.Lab;
using Microsoft.Extensions.Logging.Abstractions;

namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>Commands that ask the warm extractor of a server of the same user, and look up by themselves where there is none for them.</summary>
public sealed class LentExtractorTests(LentExtractorFixture fixture) : IClassFixture<LentExtractorFixture>
{
    private static readonly Uri Page = new("https://www.youtube.com/watch?v=abcdefghij0");

    [Fact]
    public async Task A_command_is_told_by_the_server_what_is_at_a_page_and_starts_no_extractor()
    {
        await using var command = fixture.CreateCommand();
        await command.StartAsync([Page], TestContext.Current.CancellationToken);

        var found = await InspectAsync(command, Page);

        Assert.False(command.Extractor.Ready);
        var servers = await InspectAsync(fixture.Server, Page);
        Assert.Equal((servers.Id, servers.Title, servers.Duration), (found.Id, found.Title, found.Duration));
        Assert.Equal(servers.Formats.Select(format => format.Id), found.Formats.Select(format => format.Id));
    }

    [Fact]
    public async Task A_failure_is_told_as_the_extractor_of_our_own_tells_it()
    {
        var page = new Uri("https://www.youtube.com/watch?v=upcoming001");
        await using var command = fixture.CreateCommand();

        var failure = await Assert.ThrowsAsync<MediaException>(() => InspectAsync(command, page));

        var servers = await Assert.ThrowsAsync<MediaException>(() => InspectAsync(fixture.Server, page));
        Assert.Equal((servers.Error, servers.Message), (failure.Error, failure.Message));
        Assert.Contains("starts_at", failure.Figures.Keys);
        Assert.False(command.Extractor.Ready);
    }

    [Fact]
    public async Task A_command_with_another_way_to_the_network_looks_up_by_itself()
    {
        await using var command = fixture.CreateCommand(options =>
            options with
            {
                Egress = options.Egress with { AllowedNetworks = ["192.0.2.0/24"] },
            }
        );

        Assert.Equal("abcdefghij0", (await InspectAsync(command, Page)).Id);

        Assert.True(command.Extractor.Ready);
    }

    [Fact]
    public async Task Cookies_are_shown_to_no_server()
    {
        await using var command = fixture.CreateCommand();
        var page = new SourcePage(Page) { Identity = new SourceIdentity("mine", []) };

        Assert.Equal(
            "abcdefghij0",
            (await command.InspectAsync(page, new InspectOptions(), TestContext.Current.CancellationToken)).Id
        );

        Assert.True(command.Extractor.Ready);
    }

    [Fact]
    public async Task The_socket_of_a_server_that_was_killed_keeps_nobody_waiting_and_is_taken_by_the_next()
    {
        using var folder = ScratchDirectory.Create("stale");
        var path = Path.Combine(folder.Path, "look-ups");
        LeftSocket.Leave(path);

        await using var command = fixture.CreateCommand(options => options with { LookUpSocket = path });
        Assert.Equal("abcdefghij0", (await InspectAsync(command, Page)).Id);
        Assert.True(command.Extractor.Ready);

        await using var server = fixture.CreateServer(path);
        await server.StartAsync([], TestContext.Current.CancellationToken);
        server.LendLookUps();
        await using var next = fixture.CreateCommand(options => options with { LookUpSocket = path });
        Assert.Equal("abcdefghij0", (await InspectAsync(next, Page)).Id);
        Assert.False(next.Extractor.Ready);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public async Task A_file_that_is_no_socket_is_left_where_it_is()
    {
        using var folder = ScratchDirectory.Create("file");
        var path = Path.Combine(folder.Path, "notes");
        await File.WriteAllTextAsync(path, "mine", TestContext.Current.CancellationToken);

        await using var server = fixture.CreateServer(path);
        server.LendLookUps();

        Assert.Equal("mine", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    private static Task<MediaInfo> InspectAsync(MediaEngine engine, Uri page) =>
        engine.InspectAsync(page, new InspectOptions(), TestContext.Current.CancellationToken);
}

/// <summary>A lab, and a warm server's engine that lends.</summary>
public sealed class LentExtractorFixture : IAsyncLifetime
{
    private readonly ScratchDirectory _folder = ScratchDirectory.Create("lent");
    private LabInternet _lab = null!;

    public MediaEngine Server { get; private set; } = null!;

    private string Socket => Path.Combine(_folder.Path, "look-ups");

    public async ValueTask InitializeAsync()
    {
        _lab = await LabInternet.StartAsync(new LabOptions(), CancellationToken.None);
        Server = CreateServer(Socket);
        await Server.StartAsync([], CancellationToken.None);
        Server.LendLookUps();
    }

    public MediaEngine CreateServer(string socket) => Create(Options(socket));

    public MediaEngine CreateCommand(Func<EngineOptions, EngineOptions>? change = null)
    {
        var options = Options(Socket) with { IsForOne = true };
        return Create(change?.Invoke(options) ?? options);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _lab.DisposeAsync();
        _folder.Dispose();
    }

    private EngineOptions Options(string socket) =>
        new()
        {
            LookUpSocket = socket,
            ExtractorIndexFolder = LabEngine.ExtractorIndex,
            Egress = new EgressOptions { Proxy = _lab.Proxy, CaFile = _lab.CaFile },
        };

    private static MediaEngine Create(EngineOptions options) =>
        new(options, TimeProvider.System, NullLoggerFactory.Instance);
}
