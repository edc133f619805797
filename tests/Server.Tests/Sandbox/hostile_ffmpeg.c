/*
 * Stands in for ffmpeg, or for a JavaScript runtime, under a real server. Does what the first line of ROWS says: "rows" tries
 * the lines that follow (ROW TARGET each) and says in one word what came of them; "spin", "eat", "fork" and "sleep" do that without
 * an end. Without the file it is as harmless as an ffmpeg that is asked for its version.
 */
#define main try_arguments
#include "hostile.c"
#undef main

#define ROWS "/usr/local/games/rows"

static void spin(void)
{
    volatile unsigned long turns = 0;
    for (;;)
        turns++;
}

static void eat(void)
{
    /* Of each piece a page: others work on the machine, too. */
    for (char *all; (all = malloc(1 << 20));)
        *all = 1;
}

static void fork_on(void)
{
    for (;;)
        fork();
}

int main(int argument_count, char **arguments)
{
    static char asked[1 << 16];
    char said[512] = "";
    int rows = open(ROWS, O_RDONLY);
    ssize_t length = rows < 0 ? 0 : read(rows, asked, sizeof asked - 1);
    close(rows);
    if (argument_count > 1 && strcmp(arguments[1], "--version") == 0)
        return puts("deno 2.9.0") < 0;
    if (length <= 0)
        return puts("ffmpeg version 0-hostile") < 0;
    char *mode = strtok(asked, "\n"), *row;
    if (strcmp(mode, "spin") == 0)
        spin();
    if (strcmp(mode, "eat") == 0)
        eat();
    if (strcmp(mode, "fork") == 0)
        fork_on();
    while (strcmp(mode, "sleep") == 0)
        sleep(1000);
    while ((row = strtok(NULL, "\n"))) {
        errno = 0;
        strcat(said, try(row, row + 3) ? "x" : "-");
    }
    /* As ffmpeg complains, and as a runtime answers. */
    dprintf(2, "[error] HOSTILE %s\n", said);
    dprintf(1, "HOSTILE %s\n", said);
    return 1;
}
