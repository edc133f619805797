using Decant.Bench;
using Decant.Lab;

if (args is not [var program])
{
    await Console.Error.WriteLineAsync("usage: decant-bench PATH-OF-THE-DECANT-PROGRAM");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    await using var lab = await LabInternet.StartAsync(new LabOptions(), stop.Token);
    using var folder = new ScratchFolder();
    await using var service = await DecantService.StartAsync(program, folder.Path, stop.Token);
    var medium = new Uri(lab.Origin, "media/small.mp4");

    Console.WriteLine(
        "A file of 2.7 MB (10 s, 720p, mp4) on loopback, from asking to having it. Median of five rounds, in turn; seconds."
    );
    Console.WriteLine();
    Console.WriteLine($"{"", -6}{"yt-dlp", 10}{"decant get", 14}{"service", 10}    yt-dlp/get  yt-dlp/service");
    foreach (var format in (string[])["mp4", "mp3"])
    {
        var medians = await Rounds.RunAsync(
            [
                new YtDlpCommand(medium, format),
                new DecantCommand(program, medium, format),
                new DecantDownload(service, medium, format),
            ],
            folder.Path,
            stop.Token
        );
        var (peer, command, download) = (medians[0], medians[1], medians[2]);
        Console.WriteLine(
            FormattableString.Invariant(
                $"{format, -6}{peer, 10:0.000}{command, 14:0.000}{download, 10:0.000}{peer / command, 14:0.00}{peer / download, 16:0.00}"
            )
        );
    }
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
