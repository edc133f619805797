using System.CommandLine;
using Decant.Cli.Getting;
using Decant.Cli.Remote;

namespace Decant.Cli;

/// <summary><c>decant get</c>: media into files, with no server or (<c>--remote</c>) by one.</summary>
internal static class GetCommand
{
    public static Command Create()
    {
        var flags = new EngineFlags();
        var command = new Command("get", "Fetch media and make files of them. Prints each file's path on stdout.")
        {
            GetOptions.Urls,
        };
        foreach (var option in GetOptions.All)
        {
            command.Add(option);
        }

        flags.AddTo(command);
        ExampleHelp.AddTo(
            command,
            $"""
            Examples:
              decant get 'https://www.youtube.com/watch?v=aqz-KE-bpKQ'
              decant get 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' -f mp3 -q 192kbps -o song.mp3
              decant get 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' --preset sound
              decant get 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' --subtitles en,de -f mkv
              decant get 'https://www.youtube.com/playlist?list=PL123' --items 1-5,8 --archive fetched.txt -o ~/Videos
              decant get --batch addresses.txt -f mp3 --at-once 5
              decant get 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' --remote http://media.lan:8080
              decant get https://example.org/talk.mp4 --audio-only -o - | mpv -
              decant get https://example.org/talk.mp4 -f m4a --start 1:30 --end 4:00 --normalize -16
              decant get https://www.twitch.tv/somebody --max-duration 600
              decant get http://192.168.1.20/film.mkv --allow-network 192.168.1.0/24

            A live stream is recorded until it ends; Ctrl-C ends the recording and keeps it.
            A file is never replaced without --force. Progress goes to stderr: a bar on a terminal, lines elsewhere.

            {ExitCode.Help}
            """
        );
        command.SetAction(parsed =>
            parsed.GetResult(GetOptions.Remote) is { Implicit: false }
                ? RemoteGet.RunAsync(parsed)
                : new EngineRun(flags, parsed).RunAsync(
                    () => GetReading.Read(parsed),
                    request => request.Urls,
                    (request, engine, token) => request.RunAsync(engine, token)
                )
        );
        return command;
    }
}
