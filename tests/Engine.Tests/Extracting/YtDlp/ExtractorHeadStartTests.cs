using System.Net.Sockets;
using Decant.Engine.Extracting;
using Decant.Engine.Extracting.YtDlp;

namespace Decant.Engine.Tests.Extracting.YtDlp;

public sealed class ExtractorHeadStartTests(ExtractorFixture fixture) : IClassFixture<ExtractorFixture>
{
    private static readonly EngineOptions ForOne = new() { IsForOne = true };

    [Fact]
    public async Task A_process_that_was_started_ahead_looks_up_as_any_does()
    {
        var ahead = ExtractorHeadStart.Begin(ForOne);
        await using var extractor = fixture.Create(ForOne with { HeadStart = ahead.TryTakeAsync });
        var page = new Uri("https://www.youtube.com/watch?v=jNQXAC9IVRw");

        var found = await extractor.InspectAsync(page, new InspectOptions(), TestContext.Current.CancellationToken);
        var usual = await fixture.Extractor.InspectAsync(
            page,
            new InspectOptions(),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(usual.Formats.Select(format => format.Id), found.Formats.Select(format => format.Id));
        Assert.Equal(usual.Title, found.Title);
        Assert.Null(await ahead.TryTakeAsync(ForOne));
    }

    [Fact]
    public async Task Whoever_starts_it_in_another_way_does_not_take_it_and_untold_it_ends_with_its_input()
    {
        var ahead = ExtractorHeadStart.Begin(ForOne);

        Assert.Null(await ahead.TryTakeAsync(ForOne with { ExtractorFolder = "/another" }));
        Assert.Null(await ahead.TryTakeAsync(ForOne with { IsForOne = false }));
        using var process = await ahead.TryTakeAsync(ForOne);
        process!.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task Where_a_server_listens_or_Python_is_missing_there_is_none()
    {
        using var folder = ScratchDirectory.Create("socket");
        var withServer = ForOne with { LookUpSocket = Path.Combine(folder.Path, "look-ups") };
        using var server = Listen(withServer.LookUpSocket);
        var lost = ForOne with { PythonPath = "/nowhere/python3" };

        Assert.Null(await ExtractorHeadStart.Begin(withServer).TryTakeAsync(withServer));
        Assert.Null(await ExtractorHeadStart.Begin(lost).TryTakeAsync(lost));
    }

    [Fact]
    public async Task A_socket_that_a_killed_server_left_is_none()
    {
        using var folder = ScratchDirectory.Create("socket");
        var left = ForOne with { LookUpSocket = Path.Combine(folder.Path, "look-ups") };
        LeftSocket.Leave(left.LookUpSocket);

        using var process = await ExtractorHeadStart.Begin(left).TryTakeAsync(left);

        Assert.NotNull(process);
        process.StandardInput.Close();
    }

    [Fact]
    public void A_file_by_its_name_is_not_worth_it_and_a_page_is()
    {
        Assert.False(ExtractorHeadStart.IsWorthIt(new Uri("https://example.org/film.mp4")));
        Assert.True(ExtractorHeadStart.IsWorthIt(new Uri("https://example.org/film")));
        Assert.True(ExtractorHeadStart.IsWorthIt(new Uri("https://www.youtube.com/watch?v=film.mp4")));
    }

    private static Socket Listen(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        return socket;
    }
}
