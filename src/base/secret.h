#ifndef PFG_BASE_SECRET_H
#define PFG_BASE_SECRET_H

/* Takes the passwords out of connection strings of PostgreSQL's in `text`,
 * which becomes shorter: "postgresql://user@host/name". */
void pfg_hide_passwords(char *text);

#endif
